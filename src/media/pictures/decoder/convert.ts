import type { Sharp } from 'sharp';
import { focusOf } from './focus.ts';
import { open, undecodable } from './open.ts';
import type { ConvertedPicture, ConvertOptions } from './requests.ts';

/**
 * The picture in another form, with nothing in it but pixels (sharp keeps no metadata unless told to). Throws `BadPicture`
 * where it cannot be decoded.
 */
export async function convertPicture(picture: Uint8Array, options: ConvertOptions): Promise<ConvertedPicture> {
  const { to } = options;
  try {
    const upright = open(picture).autoOrient();
    const { data, info } = await formed(upright, options).toBuffer({ resolveWithObject: true });
    const size = { width: info.width, height: info.height };
    const focus = to.type === 'pixels' && to.focus ? await focusOf(data, size) : undefined;
    return { bytes: data, size, focus };
  } catch (error) {
    throw undecodable(error);
  }
}

/** The other form of a picture that is open and upright; nothing that comes before it may resize. */
export function formed(upright: Sharp, { maxSide, ground, to }: ConvertOptions): Sharp {
  const small =
    maxSide === undefined ? upright : upright.resize(maxSide, maxSide, { fit: 'inside', withoutEnlargement: true });
  const grounded = ground === undefined ? small.ensureAlpha() : small.flatten({ background: ground });
  const image = grounded.toColourspace('srgb');
  return to.type === 'pixels'
    ? image.raw({ depth: 'uchar' })
    : image.jpeg({ quality: to.quality, chromaSubsampling: to.fullColour ? '4:4:4' : '4:2:0' });
}
