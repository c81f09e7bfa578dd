import { createReadStream } from 'node:fs';
import type { Decoder } from '../../media/pictures/decoder/decoder.ts';

/** Size of the mark in pixels of the clip; even, because the clip's colour has half its resolution. */
export const MARK_SIZE = { width: 168, height: 34 };

/** Made from `mark.svg`, whose letters are strokes, so that no font was needed. */
const FILE = new URL('./mark.png', import.meta.url);

/** The mark on every clip, as raw RGBA: a soft dark pill with light letters, legible on any picture. */
export async function readMark(decoder: Pick<Decoder, 'convert'>): Promise<Uint8Array> {
  return (await decoder.convert(() => createReadStream(FILE), { to: { type: 'pixels' } })).bytes;
}
