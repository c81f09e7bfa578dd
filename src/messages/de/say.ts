import { intlOf, spanOf } from '../intl.ts';

export const { ago, counted, either, instant, listed, longSpan: span, number, percent, plural } = intlOf<'one'>('de');

/** After „in“, „nach“ and „vor“: "20 Sekunden", "2 Tagen". */
export function spanAfter(ms: number): string {
  const { unit, count } = spanOf(ms);
  return unit === 'day' ? counted(count, { one: 'Tag', other: 'Tagen' }) : span(ms);
}

/** After „in“ and „nach“: "etwa 20 Sekunden"; never more exact than we know. */
export const about = (ms: number): string => (ms < 5_000 ? 'ein paar Sekunden' : `etwa ${spanAfter(ms)}`);

export const countedCredits = (n: number): string => counted(n, { one: 'Credit', other: 'Credits' });
export const countedClips = (n: number): string => counted(n, { one: 'Clip', other: 'Clips' });
