import type { PictureNote, Size } from '../task/picture.ts';

// What the tables of all languages tell of pictures and scenes alike.

/** "1280×720". */
export const sizeOf = ({ width, height }: Size): string => `${width}×${height}`;

export const wholeMegapixels = (pixels: number): number => Math.round(pixels / 1_000_000);
export const wholeMegabytes = (bytes: number): number => Math.round(bytes / (1024 * 1024));

/** By so little nobody sees it. */
const UNSEEN = 1.02;

/** Whether a picture that was made to fit has become larger so that it can be seen; `to`: its size since. */
export function isEnlarged(note: { type?: PictureNote['type']; from: Size }, to: Size): boolean {
  const larger = note.type === 'padded' ? Math.min : Math.max;
  return larger(to.width / note.from.width, to.height / note.from.height) > UNSEEN;
}

/** Of a scene, as many characters as tell one from another. */
const MOST_BRIEF_CHARS = 30;

/** A scene of strangers in a few plain words, without markup and links. */
export function briefly(scene: string): string {
  const chars = [...scene.replace(/[^\p{L}\p{M}\p{N}' ,-]+/gu, ' ').trim()];
  return chars.length > MOST_BRIEF_CHARS ? `${chars.slice(0, MOST_BRIEF_CHARS).join('')}…` : chars.join('');
}

/** Of a list, as many characters as are read. */
const MOST_LISTED_CHARS = 200;

/** The things of a list that are read, in one line, and how many more there are. */
export function listedShortly(things: readonly string[]): { line: string; more: number } {
  const few: string[] = [];
  for (const thing of things) if ([...few, thing].join(', ').length <= MOST_LISTED_CHARS) few.push(thing);
  return { line: few.join(', '), more: things.length - few.length };
}
