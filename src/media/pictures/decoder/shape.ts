import sharp, { type OutputInfo, type Sharp } from 'sharp';
import type { Area } from '../../../task/crop.ts';
import type { Size } from '../../../task/picture.ts';
import type { Pixels } from './pixels.ts';

/** Beyond this ratio of sides only the middle is considered for a crop: enlarging a ribbon to cover costs a gigabyte. */
const MAX_CROP_RATIO = 8;
/** Edges of a padded picture are blurred at this fraction of the size; enlarging smooths them further, for free. */
const BLUR_SCALE = 1 / 16;
const BLUR_SIGMA_PX = 3;
/** Edges have this share of the picture's light, so that the picture stands out. */
const EDGE_BRIGHTNESS = 0.7;

/** The most of a side that is looked at, in pixels. */
const longestOf = ({ width, height }: Size): number => MAX_CROP_RATIO * Math.min(width, height);

/** As large as it must be to fill a size. */
export function filling(picture: Sharp, from: Size, to: Size): Sharp {
  const longest = longestOf(from);
  const width = Math.min(from.width, longest);
  const height = Math.min(from.height, longest);
  const isRibbon = width < from.width || height < from.height;
  const left = Math.floor((from.width - width) / 2);
  const top = Math.floor((from.height - height) / 2);
  const middle = isRibbon ? picture.extract({ left, top, width, height }) : picture;
  return middle.resize(to.width, to.height, { fit: 'outside' });
}

/** A part of it, as large as a size of its shape. */
export const partOf = (picture: Sharp, part: Area, to: Size): Sharp =>
  picture.extract({ ...part }).resize(to.width, to.height, { fit: 'fill' });

/** As large as it may be to lie within a size. */
export const within = (picture: Sharp, to: Size): Sharp => picture.resize(to.width, to.height, { fit: 'inside' });

/** Cuts what stands out of a size: evenly, or away from what draws the eye (skin, saturation, edges). */
export const cut = ({ data, raw }: Pixels, to: Size, byAttention: boolean): Sharp =>
  sharp(data, { raw }).resize(to.width, to.height, {
    fit: 'cover',
    position: byAttention ? sharp.strategy.attention : 'centre',
  });

/** How much of what `cut` took by attention lay left or above, 0 to 1; undefined of a ribbon, whose middle alone was looked at. */
export function cutByAttention(
  picture: Size,
  { raw }: Pixels,
  { width, height, cropOffsetLeft = 0, cropOffsetTop = 0 }: OutputInfo,
): number | undefined {
  if (longestOf(picture) < Math.max(picture.width, picture.height)) return undefined;
  const [across, down] = [raw.width - width, raw.height - height];
  // sharp tells by how much the picture is moved, which is less than nothing.
  const share = across > down ? Math.abs(cropOffsetLeft) / across : Math.abs(cropOffsetTop) / down;
  return Math.max(across, down) > 0 ? Math.min(1, share) : undefined;
}

/** The whole picture before an enlarged, blurred, darkened copy of itself; one that lies on a ground, on more of that. */
export async function pad({ data, raw }: Pixels, to: Size, ground: string | undefined): Promise<Sharp> {
  if (ground) return sharp(data, { raw }).resize(to.width, to.height, { fit: 'contain', background: ground });
  const edges = await sharp(data, { raw })
    .resize(Math.ceil(to.width * BLUR_SCALE), Math.ceil(to.height * BLUR_SCALE), { fit: 'cover' })
    .blur(BLUR_SIGMA_PX)
    .linear(EDGE_BRIGHTNESS)
    .png()
    .toBuffer();
  return sharp(edges)
    .resize(to.width, to.height, { fit: 'fill', kernel: 'cubic' })
    .composite([{ input: Buffer.from(data.buffer, data.byteOffset, data.byteLength), raw, gravity: 'centre' }]);
}
