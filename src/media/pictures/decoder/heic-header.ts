import type { Size } from '../../../task/picture.ts';
import { BadPicture } from '../bad-picture.ts';
import { refuseTooManyPixels, refuseTooSmall } from '../inspect.ts';
import { isoBrands } from '../sniff.js';
import { cicpOf } from './cicp.ts';
import type { Header } from './header-told.ts';
import { type Property, primaryProperties } from './iso-boxes.ts';

/** Brands of bursts, which begin with a picture. */
const SEQUENCES = ['hevc', 'hevx', 'msf1'];

/** Reads the header of a HEIC, which sharp does not read, and decodes nothing. Throws `BadPicture`. */
export function readHeicHeader(file: Uint8Array): Header {
  const properties = primaryProperties(file);
  const size = sizeOf(properties);
  refuseTooManyPixels(size);
  refuseTooSmall(size);
  const icc = properties.find(
    ({ type, data }) => type === 'colr' && ['prof', 'rICC'].includes(data.toString('latin1', 0, 4)),
  )?.data;
  return {
    type: 'heic',
    file,
    size,
    // libheif turns it; the orientation that EXIF tells beside that is for other readers.
    turned: false,
    animated: SEQUENCES.includes(isoBrands(file)[0] ?? ''),
    transparent: false,
    space: 'srgb',
    hasProfile: icc !== undefined,
    icc: icc?.subarray(4),
    ordinary: false,
    cicp: icc ? undefined : cicpOf(file, 'heic'),
  };
}

/**
 * As shown: cut and turned as its properties say (ISO/IEC 23008-12, 6.5). Throws `BadPicture` also where more than may be
 * decoded is cut down to it.
 */
function sizeOf(properties: readonly Property[]): Size {
  const dataOf = (wanted: string, bytes: number) =>
    properties.find(({ type, data }) => type === wanted && data.length >= bytes)?.data;
  const extent = dataOf('ispe', 12);
  if (!extent) throw new BadPicture({ type: 'truncated' }, 'no size is told');
  for (const { data } of properties.filter(({ type, data }) => type === 'ispe' && data.length >= 12))
    refuseTooManyPixels({ width: data.readUInt32BE(4), height: data.readUInt32BE(8) });
  const clean = dataOf('clap', 32);
  const side = (at: number) =>
    Math.round((clean?.readUInt32BE(at) ?? 0) / Math.max(1, clean?.readUInt32BE(at + 4) ?? 1));
  const [width, height] = [side(0) || extent.readUInt32BE(4), side(8) || extent.readUInt32BE(8)];
  if (width === 0 || height === 0) throw new BadPicture({ type: 'truncated' }, 'its size is nothing');
  const isOnItsSide = ((dataOf('irot', 1)?.[0] ?? 0) & 1) === 1;
  return isOnItsSide ? { width: height, height: width } : { width, height };
}
