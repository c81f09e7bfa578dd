import sharp, { type Sharp } from 'sharp';
import type { Size } from '../../task/picture.ts';

/**
 * Decodes a picture into raw 8-bit sRGB, three bytes a pixel, upright, transparency on black: here rather than in
 * ffmpeg, whose older builds know fewer formats. Undefined where it cannot be decoded; throws RangeError where it has
 * another size than was said, which is a programming error.
 */
export async function decodePicture(picture: Uint8Array, size: Size): Promise<Buffer | undefined> {
  const opened = await open(picture);
  if (!opened) return undefined;
  const { image, found } = opened;
  if (found.width !== size.width || found.height !== size.height) {
    throw new RangeError(
      `The picture is ${found.width}×${found.height}, not ${size.width}×${size.height} as was said.`,
    );
  }
  const upright = image.autoOrient().flatten({ background: '#000' }).toColourspace('srgb');
  return upright
    .raw({ depth: 'uchar' })
    .toBuffer()
    .catch(() => undefined);
}

async function open(picture: Uint8Array): Promise<{ image: Sharp; found: Size } | undefined> {
  try {
    const image = sharp(picture, { failOn: 'truncated' });
    const { autoOrient } = await image.metadata();
    return { image, found: autoOrient };
  } catch {
    return undefined;
  }
}
