import { de } from './de/index.ts';
import { en, type Messages } from './en/index.ts';
import { ja } from './ja/index.ts';
import { ru } from './ru/index.ts';

export type { Messages };

/** The languages: another one is a folder and a line here. English first, for who speaks none of the others. */
const LOCALES: ReadonlyMap<string, Messages> = new Map([
  ['en', en],
  ['de', de],
  ['ru', ru],
  ['ja', ja],
]);

/** The locales that there are words for. */
export const locales: readonly string[] = [...LOCALES.keys()];

const languageOf = (tag: string): string => tag.toLowerCase().split(/[-_.@]/, 1)[0] ?? '';

const BY_LANGUAGE = new Map(locales.map((locale) => [languageOf(locale), locale]));

/**
 * The locale among `locales` that a tag stands for: `de` for `de-AT`, `es` for `es-419`, `pt-BR` for `pt`, also as a
 * terminal writes it (`de_DE.UTF-8`). Undefined where there are no words in its language.
 */
export const knownLocale = (tag: string): string | undefined => BY_LANGUAGE.get(languageOf(tag));

/** The words for a locale, however it is written; English where there are none. */
export const messagesFor = (tag: string): Messages => LOCALES.get(tag) ?? LOCALES.get(knownLocale(tag) ?? 'en') ?? en;
