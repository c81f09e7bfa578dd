import type { Size } from '../../task/picture.ts';
import { BadPicture } from './bad-picture.ts';
import { isPictureType, type PictureType, sniff } from './sniff.js';

/** The largest file that is taken, in bytes (25 MB). */
export const MAX_PICTURE_BYTES = 25 * 1024 * 1024;
/** The largest picture that is decoded, in pixels (50 megapixels). */
export const MAX_PICTURE_PIXELS = 50_000_000;
/** The shortest side that still gives a picture worth animating, in pixels. */
export const MIN_SIDE_PX = 320;

/**
 * What a file is by its first bytes. Takes no time, so it may be asked while a person waits; whether the picture can be
 * used, its size among it, only the decoder can say. Throws `BadPicture` for what certainly cannot.
 */
export function inspectPicture(bytes: Uint8Array): PictureType {
  const type = sniff(bytes);
  if (!isPictureType(type)) throw new BadPicture({ type });
  if (bytes.length > MAX_PICTURE_BYTES) throw new BadPicture({ type: 'too-many-bytes', maxBytes: MAX_PICTURE_BYTES });
  return type;
}

/** Throws `BadPicture` for a size in pixels that is not decoded: decompression bombs say so themselves. */
export function refuseTooManyPixels(found: Size): void {
  if (found.width * found.height <= MAX_PICTURE_PIXELS) return;
  throw new BadPicture({ type: 'too-many-pixels', found, maxPixels: MAX_PICTURE_PIXELS });
}

/** Throws `BadPicture` for a size in pixels that is not worth animating. */
export function refuseTooSmall(found: Size): void {
  if (Math.min(found.width, found.height) >= MIN_SIDE_PX) return;
  throw new BadPicture({ type: 'too-small', found, minSide: MIN_SIDE_PX });
}
