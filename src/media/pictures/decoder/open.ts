import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { BadPicture } from '../bad-picture.ts';
import { MAX_PICTURE_PIXELS } from '../inspect.ts';

/**
 * Makes sharp ready for strangers' pictures, in all of this process: of its loaders only those of the five kinds are left,
 * so that nothing that poses as one of them reaches another. A cache would keep pixels for nothing, since no picture comes
 * twice, and a second thread doubles the working memory.
 */
export function restrictSharp(): void {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: ['Jpeg', 'Png', 'Webp', 'Heif', 'Nsgif'].map((loader) => `VipsForeignLoad${loader}Buffer`),
  });
  sharp.cache(false);
  sharp.concurrency(1);
}

/** The first frame, refusing a body that is cut off but not one that is merely odd (stray bytes, wrong checksums aside). */
export function open(
  bytes: Uint8Array,
  { failOn = 'truncated', ignoreIcc = false }: Pick<SharpOptions, 'failOn' | 'ignoreIcc'> = {},
): Sharp {
  return sharp(bytes, { failOn, limitInputPixels: MAX_PICTURE_PIXELS, pages: 1, ignoreIcc });
}

/** What it means where sharp fails. */
export function undecodable(error: unknown): BadPicture {
  if (error instanceof BadPicture) return error;
  const tooMuch = error instanceof Error && /out of memory/i.test(error.message);
  return new BadPicture({ type: tooMuch ? 'too-heavy' : 'truncated' }, error);
}
