import sharp from 'sharp';
import type { Focus, Size } from '../../../task/picture.ts';
import { eyeIn, LOOK_PX } from '../eye.ts';

/** Where a picture draws the eye, told by its pixels, three bytes each. */
export async function focusOf(pixels: Uint8Array, size: Size): Promise<Focus> {
  const { data, info } = await sharp(pixels, { raw: { ...size, channels: 3 } })
    .resize(LOOK_PX, LOOK_PX, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return eyeIn(data, info);
}
