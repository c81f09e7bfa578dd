import { makeRoom } from './make-room.ts';

/** Names remembered. */
const MOST = 1_000;

/** What was read lately, for readers that may as well be told what was so a moment ago; see each use for why they may. */
export function createLately<T>(forMs: number, now = () => performance.now()) {
  const known = new Map<string, { at: number; answer: Promise<T> }>();

  return {
    /** What was read no longer ago, else what `read` says. */
    get(name: string, read: () => Promise<T>): Promise<T> {
      const found = known.get(name);
      if (found && now() - found.at < forMs) return found.answer;
      const entry = { at: now(), answer: read() };
      known.delete(name);
      makeRoom(known, MOST);
      known.set(name, entry);
      entry.answer.catch(() => {
        if (known.get(name) === entry) known.delete(name);
      });
      return entry.answer;
    },
    /** This process knows better than what was read, which is read anew as late as before. */
    set(name: string, value: T): void {
      const { at } = known.get(name) ?? { at: now() };
      makeRoom(known, MOST);
      known.set(name, { at, answer: Promise.resolve(value) });
    },
    /** Read anew from now on. */
    drop: (name: string): boolean => known.delete(name),
    /** All of it. */
    dropAll: (): void => known.clear(),
  };
}
