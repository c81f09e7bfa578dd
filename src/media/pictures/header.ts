import sharp from 'sharp';
import type { Size } from '../../task/picture.ts';
import { BadPicture } from './bad-picture.ts';
import { inspectPicture, refuseTooManyPixels, refuseTooSmall } from './inspect.ts';
import { isoBrands, type PictureType } from './sniff.js';

/** What a picture's whole header tells, in the decoder's own reading. */
export interface Header {
  type: PictureType;
  /** In pixels, as shown: after the rotation that the header asks for. */
  size: Size;
  /** Whether pixels lie in the file otherwise than they are shown. */
  turned: boolean;
  animated: boolean;
  /** Whether there is an alpha channel; it may well be opaque all over. */
  transparent: boolean;
  /** Whether it has 16 bits a channel and a colour profile. */
  deepProfiled: boolean;
}

/**
 * Reads a picture's header and decodes nothing. `inspectPicture` looks first, so that a file that admits to being
 * enormous reaches no native code; then the decoder's word holds, because the decoder is what will allocate.
 * Throws `BadPicture`.
 */
export async function readHeader(bytes: Uint8Array): Promise<Header> {
  const { type } = inspectPicture(bytes);
  // Without the decoder's limit, so that a picture that is too large is refused here, with the size found.
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw undecodable(error);
    });
  const size: Size = header.autoOrient;
  refuseTooManyPixels(size);
  refuseTooSmall(size);
  return {
    type,
    size,
    turned: (header.orientation ?? 1) > 1,
    // Pages of an AVIF are pictures side by side; a sequence says so by its brand.
    animated:
      type === 'avif' ? isoBrands(bytes).includes('avis') : (header.pages ?? 1) > 1 || isAnimatedPng(bytes, type),
    transparent: header.hasAlpha,
    deepProfiled: header.space === 'rgb16' && header.hasProfile,
  };
}

/**
 * What a failure of the decoder means: the picture's fault (`BadPicture`), except where this machine ran out of
 * something, which says nothing about the picture.
 */
export function undecodable(error: unknown): unknown {
  if (error instanceof Error && /out of memory|timeout/i.test(error.message)) return error;
  return new BadPicture({ type: 'truncated' }, error);
}

/** An `acTL` chunk before the pixels makes a PNG an animation (https://www.w3.org/TR/png-3/#acTL-chunk); libpng is silent on it. */
function isAnimatedPng(bytes: Uint8Array, type: PictureType): boolean {
  if (type !== 'png') return false;
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 8 <= file.length; at += 12 + file.readUInt32BE(at)) {
    const chunk = file.toString('latin1', at + 4, at + 8);
    if (chunk === 'acTL') return true;
    if (chunk === 'IDAT') return false;
  }
  return false;
}
