// @ts-check

// Plain JavaScript, because the page in the browser loads this very file, too.

/** @typedef {Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }} Forms Of a word, by the rule that a number follows. */

/**
 * The form of a word beside a number, as a language has it (https://cldr.unicode.org/index/cldr-spec/plural-rules).
 * @param {string} locale
 * @returns {(n: number, forms: Forms) => string}
 */
export function formsIn(locale) {
  const rules = new Intl.PluralRules(locale);
  return (n, forms) => forms[rules.select(n)] ?? forms.other;
}
