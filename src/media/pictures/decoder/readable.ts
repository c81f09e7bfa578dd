import { BadPicture } from '../bad-picture.ts';
import { isoBrands, type PictureType } from '../sniff.js';
import { mediaEnd } from './iso-boxes.ts';
import { mended } from './jpeg-end.ts';

/** So many zeros where pixels end stand in for some that are missing: what is coded arithmetically has no such run. */
const HOLE = Buffer.alloc(256);

/**
 * A file in the way that its loader reads it: a JPEG in one piece, an animated AVIF under the name of a still one. Throws
 * `BadPicture` for one whose end is filled with zeros, and for an AVIF or HEIC whose end is missing: of one that is coded in squares
 * the loader leaves out those that it does not find.
 */
export function readable(bytes: Uint8Array, type: PictureType): Uint8Array {
  if (type === 'jpeg') return mended(bytes);
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isIso = type === 'avif' || type === 'heic';
  const end = type === 'webp' ? 8 + file.readUInt32LE(4) : isIso ? mediaEnd(bytes) : undefined;
  if (isIso && end !== undefined && end > file.length)
    throw new BadPicture({ type: 'truncated' }, 'its end is missing');
  if (end !== undefined && end <= file.length && file.subarray(Math.max(0, end - HOLE.length), end).equals(HOLE))
    throw new BadPicture({ type: 'truncated' }, 'its end is filled with zeros');
  if (type !== 'avif' || isoBrands(bytes)[0] !== 'avis') return bytes;
  const renamed = Buffer.from(file);
  renamed.write('avif', 8, 'latin1');
  return renamed;
}
