import { intlOf, spanOf } from '../intl.ts';

export const { counted, plural, number, ordinal: ordinalWith, listed, either, instant } = intlOf<'one'>('en-GB');

/** "20 s", "3 min", "2 hours", "2 days". */
export function span(ms: number): string {
  const { unit, count } = spanOf(ms);
  const inWords = { second: 's', minute: 'min', hour: 'hours', day: 'days' };
  return `${count} ${inWords[unit]}`;
}

/** "about 20 s", "about 3 min": never more exact than we know. */
export const about = (ms: number): string => (ms < 5_000 ? 'a few seconds' : `about ${span(ms)}`);

/** "1st", "22nd". */
export const ordinal = (n: number): string => ordinalWith(n, { one: 'st', two: 'nd', few: 'rd', other: 'th' });

export const countedCredits = (n: number): string => counted(n, { one: 'credit', other: 'credits' });
export const countedClips = (n: number): string => counted(n, { one: 'clip', other: 'clips' });
