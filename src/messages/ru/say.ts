import { intlOf, spanOf } from '../intl.ts';

export const { ago, counted, either, instant, listed, number, percent, plural } = intlOf<'one' | 'few' | 'many'>('ru');

/** "20 с", "3 мин", "2 часа", "2 дня". */
export function span(ms: number): string {
  const { unit, count } = spanOf(ms);
  switch (unit) {
    case 'second':
      return `${count} с`;
    case 'minute':
      return `${count} мин`;
    case 'hour':
      return counted(count, { one: 'час', few: 'часа', many: 'часов', other: 'часа' });
    case 'day':
      return counted(count, { one: 'день', few: 'дня', many: 'дней', other: 'дня' });
  }
}

/** After «через»: "примерно 20 с"; never more exact than we know. */
export const about = (ms: number): string => (ms < 5_000 ? 'несколько секунд' : `примерно ${span(ms)}`);

export const countedCredits = (n: number): string =>
  counted(n, { one: 'кредит', few: 'кредита', many: 'кредитов', other: 'кредита' });
export const countedClips = (n: number): string =>
  counted(n, { one: 'клип', few: 'клипа', many: 'клипов', other: 'клипа' });
