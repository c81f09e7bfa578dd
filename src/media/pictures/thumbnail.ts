import sharp from 'sharp';
import { encoding } from './encoding.ts';
import { MAX_PICTURE_PIXELS } from './inspect.ts';

/** Telegram takes a JPEG below 200 kB with no side longer than this (https://core.telegram.org/bots/api#sendvideo). */
const MAX_SIDE_PX = 320;
const QUALITY = 80;

/**
 * A JPEG of the picture, the right way up, at most 320 pixels a side and below 200 kB, with nothing in it but pixels
 * (sharp keeps no metadata unless told to). Throws where the picture cannot be decoded.
 */
export function makeThumbnail(picture: Uint8Array): Promise<Uint8Array> {
  return encoding(() =>
    sharp(picture, { failOn: 'truncated', limitInputPixels: MAX_PICTURE_PIXELS })
      .autoOrient()
      .resize(MAX_SIDE_PX, MAX_SIDE_PX, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: QUALITY })
      .toBuffer(),
  );
}
