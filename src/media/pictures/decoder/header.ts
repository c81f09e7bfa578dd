import sharp, { type Metadata } from 'sharp';
import { isSameSize, type Size } from '../../../task/picture.ts';
import { BadPicture } from '../bad-picture.ts';
import { inspectPicture, refuseTooManyPixels, refuseTooSmall } from '../inspect.ts';
import { isoBrands, type PictureType } from '../sniff.js';
import { cicpOf } from './cicp.ts';
import { firstFrame, type Part } from './gif-frame.ts';
import type { Header } from './header-told.ts';
import { readHeicHeader } from './heic-header.ts';
import { undecodable } from './open.ts';
import { partCounter } from './part-counter.ts';
import { readable } from './readable.ts';

/** What sharp calls a picture of a kind where it has another word. */
const NAMES: Partial<Record<PictureType, string>> = { avif: 'heif' };

/** Reads a picture's header and decodes nothing. Throws `BadPicture`. */
export async function readHeader(bytes: Uint8Array): Promise<Header> {
  const type = inspectPicture(bytes);
  const file = readable(bytes, type);
  if (type === 'heic') return readHeicHeader(file);
  // Without the decoder's limit, so that a picture that is too large is refused here, with the size found.
  const header = await sharp(file, { limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw undecodable(error);
    });
  // Two that take it for different things would each check another half of it.
  if (header.format !== (NAMES[type] ?? type)) throw new BadPicture({ type: 'unknown-type' });
  const size: Size = header.autoOrient;
  refuseTooManyPixels(size);
  refuseTooSmall(size);
  const cicp = type === 'avif' && header.hasProfile ? undefined : cicpOf(file, type);
  return {
    type,
    file,
    size,
    turned: (header.orientation ?? 1) > 1,
    // Pages of an AVIF are pictures side by side; a sequence says so by its brand.
    animated:
      type === 'avif' ? isoBrands(bytes).includes('avis') : (header.pages ?? 1) > 1 || isAnimatedPng(bytes, type),
    transparent: header.hasAlpha,
    space: header.space,
    hasProfile: header.hasProfile,
    ordinary: !cicp && isOrdinary(header),
    cicp,
    part: type === 'gif' && !header.hasAlpha ? partOf(bytes, size) : undefined,
  };
}

/** By its description: nearly every profile of sRGB has the name in it. */
const isOrdinary = ({ space, depth, icc }: Metadata): boolean =>
  depth === 'uchar' && (icc === undefined ? ['srgb', 'b-w'].includes(space) : isSrgb(icc));

/** Tag `desc` of a profile, in ASCII or UTF-16 (https://www.color.org/specification/ICC.1-2022-05.pdf, 7.3). */
function isSrgb(icc: Buffer): boolean {
  for (let n = 0, at = 132; n < Math.min(icc.length > 132 ? icc.readUInt32BE(128) : 0, 100); n++, at += 12) {
    if (at + 12 > icc.length) return false;
    if (icc.toString('latin1', at, at + 4) !== 'desc') continue;
    const [from, bytes] = [icc.readUInt32BE(at + 4), icc.readUInt32BE(at + 8)];
    return icc
      .toString('latin1', from, from + bytes)
      .replaceAll('\0', '')
      .includes('sRGB');
  }
  return false;
}

/** A first frame that covers less than its canvas: no pixels are nothing to be seen, and not black. */
function partOf(bytes: Uint8Array, canvas: Size): Part | undefined {
  const part = firstFrame(bytes);
  if (!part || part.width === 0 || part.height === 0) return undefined;
  const isWithin = part.left + part.width <= canvas.width && part.top + part.height <= canvas.height;
  const isAll = isSameSize(part, canvas);
  return isWithin && !isAll ? part : undefined;
}

/** An `acTL` chunk before the pixels makes a PNG an animation (https://www.w3.org/TR/png-3/#acTL-chunk); libpng is silent on it. */
function isAnimatedPng(bytes: Uint8Array, type: PictureType): boolean {
  if (type !== 'png') return false;
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const countPart = partCounter();
  for (let at = 8; at + 8 <= file.length; at += 12 + file.readUInt32BE(at)) {
    countPart();
    const chunk = file.toString('latin1', at + 4, at + 8);
    if (chunk === 'acTL') return true;
    if (chunk === 'IDAT') return false;
  }
  return false;
}
