import { intlOf } from '../intl.ts';

export const { ago, counted, either, instant, longSpan: span, number, percent, plural } = intlOf<'one'>('pt-BR');

/** "cerca de 20 segundos": never more exact than we know. */
export const about = (ms: number): string => (ms < 5_000 ? 'alguns segundos' : `cerca de ${span(ms)}`);

export const countedCredits = (n: number): string => counted(n, { one: 'crédito', other: 'créditos' });
export const countedClips = (n: number): string => counted(n, { one: 'clipe', other: 'clipes' });
