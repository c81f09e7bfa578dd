import type { Decoder, ReadPicture } from './decoder/decoder.ts';

/** Telegram takes a JPEG below 200 kB with no side longer than this (https://core.telegram.org/bots/api#sendvideo). */
const MAX_SIDE_PX = 320;
const QUALITY = 80;

/**
 * A JPEG of the picture, the right way up, at most 320 pixels a side and below 200 kB, with nothing in it but pixels.
 * Throws where the picture cannot be decoded.
 */
export async function makeThumbnail(picture: ReadPicture, decoder: Pick<Decoder, 'convert'>): Promise<Uint8Array> {
  const to = { type: 'jpeg', quality: QUALITY } as const;
  return (await decoder.convert(picture, { maxSide: MAX_SIDE_PX, ground: '#ffffff', to })).bytes;
}
