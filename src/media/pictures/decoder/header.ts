import sharp from 'sharp';
import type { Size } from '../../../task/picture.ts';
import { BadPicture } from '../bad-picture.ts';
import { inspectPicture, refuseTooManyPixels, refuseTooSmall } from '../inspect.ts';
import { isoBrands, type PictureType } from '../sniff.js';
import { undecodable } from './open.ts';

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

/** What sharp calls a picture of a kind where it has another word. */
const NAMES: Partial<Record<PictureType, string>> = { avif: 'heif' };

/** Reads a picture's header and decodes nothing. Throws `BadPicture`. */
export async function readHeader(bytes: Uint8Array): Promise<Header> {
  const type = inspectPicture(bytes);
  // Without the decoder's limit, so that a picture that is too large is refused here, with the size found.
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw undecodable(error);
    });
  // Two that take it for different things would each check another half of it.
  if (header.format !== (NAMES[type] ?? type)) throw new BadPicture({ type: 'unknown-type' });
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
