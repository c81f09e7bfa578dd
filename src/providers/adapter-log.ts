/** Where an adapter writes. It hands over keys' names, statuses and words of its own; nothing that a service wrote. */
export interface AdapterLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** A service's inventions are told once each, and no more than so many of them. */
const MAX_TOLD = 100;

/** Runs `tell` the first time that it is called with this subject. */
export function createOnce(): (subject: string, tell: () => void) => void {
  const told = new Set<string>();
  return (subject, tell) => {
    if (told.has(subject) || told.size >= MAX_TOLD) return;
    told.add(subject);
    tell();
  };
}

/** A word that a service invented (a status, a code) as far as it may be written down: no key and no address fits. */
export const asWord = (word: string): string => (/^[A-Za-z_. ]{1,30}$|^\d{1,4}$/.test(word) ? word : '(no word)');
