import { knownLocale } from '../../messages/messages.ts';

/**
 * The locale of the person at a terminal: the first of POSIX's variables that is set names it
 * (https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html). English where there are no words in its language.
 */
export function terminalLocale({ LC_ALL, LC_MESSAGES, LANG }: Readonly<Record<string, string | undefined>>): string {
  return knownLocale(LC_ALL || LC_MESSAGES || LANG || '') ?? 'en';
}
