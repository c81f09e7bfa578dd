/** The forms of a word by number: `Needed` are those that a language has beside `other` for whole numbers of everyday size. */
export type Forms<Needed extends Intl.LDMLPluralRule> = Readonly<Record<Needed | 'other', string>>;

/** A length of time, as finely as it is told: never more exact than it is known. */
export interface Span {
  unit: 'second' | 'minute' | 'hour' | 'day';
  count: number;
}

/** So many milliseconds in the unit that fits: seconds in tens, then minutes up to 90, hours up to 36, days. */
export function spanOf(ms: number): Span {
  const seconds = ms / 1000;
  if (seconds < 50) return { unit: 'second', count: Math.ceil(seconds / 10) * 10 };
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 90) return { unit: 'minute', count: minutes };
  const hours = Math.round(minutes / 60);
  return hours < 36 ? { unit: 'hour', count: hours } : { unit: 'day', count: Math.round(hours / 24) };
}

/** A wait in steps, so that a card that says it is seldom edited: whole minutes, or `undefined` for some hours. */
export const stepMinutes = (ms: number): number | undefined => [1, 2, 5, 15, 60].find((each) => ms <= each * 60_000);

/** Made when it is first asked for: most processes speak few of the languages. */
function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/**
 * How a language says numbers, lists, spans and instants, by what the runtime knows of it (CLDR). The table of a language
 * has one of these, and says the rest in whole sentences.
 */
export function intlOf<Needed extends Intl.LDMLPluralRule>(locale: string) {
  const numbers = once(() => new Intl.NumberFormat(locale));
  const percents = once(() => new Intl.NumberFormat(locale, { style: 'percent' }));
  const cardinals = once(() => new Intl.PluralRules(locale));
  const ordinals = once(() => new Intl.PluralRules(locale, { type: 'ordinal' }));
  const conjunctions = once(() => new Intl.ListFormat(locale, { type: 'conjunction' }));
  const disjunctions = once(() => new Intl.ListFormat(locale, { type: 'disjunction' }));
  const relatives = once(() => new Intl.RelativeTimeFormat(locale, { numeric: 'always' }));
  const instants = once(
    () => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }),
  );
  const units = new Map<string, Intl.NumberFormat>();

  const number = (n: number): string => numbers().format(n);
  const plural = (n: number, forms: Forms<Needed>): string => {
    const all: Partial<Record<Intl.LDMLPluralRule, string>> = forms;
    return all[cardinals().select(n)] ?? forms.other;
  };
  const inUnit = (count: number, unit: string, unitDisplay: 'short' | 'long'): string => {
    const format = units.get(unit + unitDisplay) ?? new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay });
    units.set(unit + unitDisplay, format);
    return format.format(count);
  };

  return {
    /** "1,200". */
    number,
    /** 0.5 is "50%". */
    percent: (part: number): string => percents().format(part),
    /** The form alone that goes with a number. */
    plural,
    /** So many of something: "1 clip", "3 clips". */
    counted: (n: number, forms: Forms<Needed>): string => `${number(n)} ${plural(n, forms)}`,
    /** "1st": the number with what is written behind it. */
    ordinal: (n: number, endings: Partial<Forms<Intl.LDMLPluralRule>> & { other: string }): string =>
      `${n}${endings[ordinals().select(n)] ?? endings.other}`,
    /** "a, b, and c". */
    listed: (things: readonly string[]): string => conjunctions().format(things),
    /** "a, b, or c". */
    either: (things: readonly string[]): string => disjunctions().format(things),
    /** A number with its unit: of time `second`, `minute`, `hour`, `day`; also `megabyte` and the like. */
    inUnit,
    /** "20 sec", "3 min", "2 hr", "2 days": as short as the language has it. */
    span(ms: number): string {
      const { unit, count } = spanOf(ms);
      return inUnit(count, unit, 'short');
    },
    /** "20 seconds", "3 minutes", "2 hours", "2 days". */
    longSpan(ms: number): string {
      const { unit, count } = spanOf(ms);
      return inUnit(count, unit, 'long');
    },
    /** "3 minutes ago". */
    ago(ms: number): string {
      const { unit, count } = spanOf(ms);
      return relatives().format(-count, unit);
    },
    /** "29 Nov 2026, 14:05 UTC"; `at`: milliseconds since the epoch. */
    instant: (at: number): string => `${instants().format(at)} UTC`,
  };
}
