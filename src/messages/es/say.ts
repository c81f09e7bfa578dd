import { intlOf, spanOf } from '../intl.ts';

// As Latin America writes numbers and dates; hours to 24, since they are told in UTC.
export const {
  ago,
  counted,
  either,
  instant,
  longSpan: span,
  number,
  percent,
  plural,
} = intlOf<'one'>('es-419-u-hc-h23');

/** "unos 20 segundos", "un minuto", "unas 2 horas": never more exact than we know. */
export function about(ms: number): string {
  if (ms < 5_000) return 'unos segundos';
  const { unit, count } = spanOf(ms);
  if (count === 1) return 'un minuto';
  return `${unit === 'hour' ? 'unas' : 'unos'} ${span(ms)}`;
}

export const countedCredits = (n: number): string => counted(n, { one: 'crédito', other: 'créditos' });
export const countedClips = (n: number): string => counted(n, { one: 'clip', other: 'clips' });
