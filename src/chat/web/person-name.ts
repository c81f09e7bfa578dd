/** Code points; a name stands on one line of a card. */
export const MAX_NAME = 40;
/** Signs that would be markup in one place or another. */
const MARKUP = /[<>&"`*_~|\\[\](){}#@]/gu;

/** What shows nothing, or steers how others are shown; a blank Braille cell, too. An emoji keeps what it is made of. */
const UNSEEN = /(\p{ExtPict}\ufe0f?\p{EMod}?(?:\u200d\p{ExtPict}\ufe0f?\p{EMod}?)*)|[\p{C}\p{DI}\u2800]/gu;

/**
 * A name as it is kept: one line of text, without signs that control how what follows is shown (controls, directions, what
 * joins or hides) and without towers of accents. `''` where nothing is left.
 */
export function cleanName(given: string): string {
  const plain = given
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .replace(UNSEEN, '$1')
    .replace(MARKUP, '')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .replace(/ +/g, ' ');
  return [...plain.trim()]
    .slice(0, MAX_NAME)
    .join('')
    .replace(/\u200d$/, '')
    .trim();
}
