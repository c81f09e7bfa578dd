import { focusOf } from './focus.ts';
import { open, undecodable } from './open.ts';
import type { ConvertedPicture, ConvertOptions } from './requests.ts';

/**
 * The picture in another form, with nothing in it but pixels (sharp keeps no metadata unless told to). Throws `BadPicture`
 * where it cannot be decoded.
 */
export async function convertPicture(
  picture: Uint8Array,
  { maxSide, ground, to }: ConvertOptions,
): Promise<ConvertedPicture> {
  try {
    const upright = open(picture).autoOrient();
    const small =
      maxSide === undefined ? upright : upright.resize(maxSide, maxSide, { fit: 'inside', withoutEnlargement: true });
    const grounded = ground === undefined ? small.ensureAlpha() : small.flatten({ background: ground });
    const image = grounded.toColourspace('srgb');
    const formed =
      to.type === 'pixels'
        ? image.raw({ depth: 'uchar' })
        : image.jpeg({ quality: to.quality, chromaSubsampling: to.fullColour ? '4:4:4' : '4:2:0' });
    const { data, info } = await formed.toBuffer({ resolveWithObject: true });
    const size = { width: info.width, height: info.height };
    const focus = to.type === 'pixels' && to.focus ? await focusOf(data, size) : undefined;
    return { bytes: data, size, focus };
  } catch (error) {
    throw undecodable(error);
  }
}
