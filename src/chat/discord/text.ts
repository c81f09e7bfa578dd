import { shortened } from '../kit/text.ts';

/**
 * Turns right to left and back, or is not seen at all: with it a text can pass for another. Joiners (U+200C, U+200D) stay:
 * Persian is misspelt without them, and families of emoji fall apart.
 */
const UNSEEN = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu;
const MARKUP = /[\\`*_~|<>@#:[\]()]/g;
/** Makes `discord.gg/…` and its like an invitation, without any scheme before it. */
const DOT_WITHIN = /\.(?=\S)/g;

/** One line of a person's words, at most so many characters long. */
export function oneLine(text: string, max: number): string {
  return shortened(text.replace(/\s+/gu, ' ').replace(UNSEEN, '').trim(), max);
}

/** The same as it was written: nothing in it is markup, a link or a mention. */
export const quoted = (text: string, max: number): string =>
  oneLine(text, max).replace(MARKUP, '\\$&').replace(DOT_WITHIN, '\\.');

/** Text that is seen once it is tapped. */
export const covered = (text: string, { spoiler = false }: { spoiler?: boolean }): string =>
  spoiler && text !== '' ? `||${text}||` : text;

/** A file's name by which it is covered. */
export const fileName = (name: string, { spoiler = false }: { spoiler?: boolean }): string =>
  spoiler ? `SPOILER_${name}` : name;
