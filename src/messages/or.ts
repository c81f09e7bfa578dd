/** Several of which one may be chosen: "4, 6 or 8" in the language of a locale. */
export const or = (items: readonly (string | number)[], locale: string): string =>
  new Intl.ListFormat(locale, { type: 'disjunction' }).format(items.map(String));

/** Lengths in whole seconds, the shortest first: "2–10" where they follow each other, else "4, 6 or 8". */
export function lengthsOf(seconds: readonly number[], locale: string): string {
  const [first = 0] = seconds;
  const last = seconds.at(-1) ?? first;
  return seconds.length > 2 && last - first === seconds.length - 1 ? `${first}–${last}` : or(seconds, locale);
}
