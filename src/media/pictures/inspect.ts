import { imageSize } from 'image-size';
import type { Size } from '../../task/picture.ts';
import { BadPicture } from './bad-picture.ts';
import { type PictureType, sniff } from './sniff.js';

/** The largest file that is taken, in bytes (25 MB). */
export const MAX_PICTURE_BYTES = 25 * 1024 * 1024;
/** The largest picture that is decoded, in pixels (50 megapixels). */
export const MAX_PICTURE_PIXELS = 50_000_000;
/** The shortest side that still gives a picture worth animating, in pixels. */
export const MIN_SIDE_PX = 320;

/** What `image-size` is given: it steps through a JPEG byte by byte, which 25 MB of nonsense would turn into a stall. */
const HEAD_BYTES = 256 * 1024;

/** What the first bytes of a picture tell. */
export interface Inspected {
  type: PictureType;
  /** In pixels, turned as a JPEG's EXIF says; absent where only the decoder can tell (an odd or a very long header). */
  size?: Size;
}

/**
 * Looks at the first bytes of a picture and decodes nothing: takes a millisecond and reaches no native code, so it may
 * be asked while a person waits. Throws `BadPicture` for what certainly cannot be used; whether the rest can is known
 * only once it is decoded.
 */
export function inspectPicture(bytes: Uint8Array): Inspected {
  const type = sniff(bytes);
  if (!isPicture(type)) throw new BadPicture({ type });
  if (bytes.length > MAX_PICTURE_BYTES) throw new BadPicture({ type: 'too-many-bytes', maxBytes: MAX_PICTURE_BYTES });

  const size = declaredSize(bytes);
  if (!size) return { type };
  refuseTooManyPixels(size);
  // `image-size` misreads the crop (`clap`) that an AVIF may have, towards the small; the decoder will say.
  if (type !== 'avif') refuseTooSmall(size);
  return { type, size };
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

function isPicture(type: ReturnType<typeof sniff>): type is PictureType {
  return ['jpeg', 'png', 'webp', 'avif', 'gif'].includes(type);
}

function declaredSize(bytes: Uint8Array): Size | undefined {
  try {
    // A copy, because it reads beyond the end of a view into whatever shares the memory.
    const { width, height, orientation = 1 } = imageSize(new Uint8Array(bytes.subarray(0, HEAD_BYTES)));
    return orientation >= 5 ? { width: height, height: width } : { width, height };
  } catch {
    return undefined;
  }
}
