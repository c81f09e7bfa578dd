import { intlOf } from '../intl.ts';

export const { ago, counted, either, instant, longSpan: span, number, percent, plural } = intlOf<'one'>('fr');

/** "environ 20 secondes": never more exact than we know. */
export const about = (ms: number): string => (ms < 5_000 ? 'quelques secondes' : `environ ${span(ms)}`);

export const countedCredits = (n: number): string => counted(n, { one: 'crédit', other: 'crédits' });
export const countedClips = (n: number): string => counted(n, { one: 'clip', other: 'clips' });
