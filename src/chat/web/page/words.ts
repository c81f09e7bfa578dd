import { page } from '../../../messages/en/page.js';
import type { Size } from '../../../task/picture.ts';
import type { About } from '../view.ts';

/** The page's words in the language that the server gave the page in, which is that of its numbers and times, too. */
export const WORDS = page;
const { lang: given } = document.documentElement;
const languageOf = (tag: string) => tag.split('-', 1)[0];
/** As the reader's region writes it: British readers have their clock, where the words are those of all English. */
const lang = navigator.languages.find((tag) => languageOf(tag) === languageOf(given)) ?? given;

function format(how: Intl.NumberFormatOptions) {
  const { format } = new Intl.NumberFormat(lang, how);
  return format;
}

/** Of a part, 0 to 1. */
export const percent = format({ style: 'percent' });
const kilobytes = format({ style: 'unit', unit: 'kilobyte' });
const megabytes = format({ style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 });

/** Bytes in words. */
export function fileSize(bytes: number): string {
  if (bytes < 1024 * 1024) return kilobytes(Math.max(1, Math.round(bytes / 1024)));
  return megabytes(bytes / (1024 * 1024));
}

/** In pixels. */
export const sides = ({ width, height }: Size): string => `${width}×${height}`;

/** An instant in words. */
export const timeOf = (at: Date, how: Intl.DateTimeFormatOptions): string => at.toLocaleString(lang, how);

/**
 * Within a sentence, so that neither changes the direction of the other: a person's words, in whichever script
 * (https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates).
 */
export const apart = (words: string): string => `\u2068${words}\u2069`;

/** What a person should know about what renders; what it costs stands at the button. */
export const modeLine = ({ costs }: About): string =>
  Object.values(costs).some((cost) => cost > 0) ? '' : WORDS.preview;
