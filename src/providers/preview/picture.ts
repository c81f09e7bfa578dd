import { BadPicture } from '../../media/pictures/bad-picture.ts';
import type { Decoder } from '../../media/pictures/decoder/decoder.ts';
import type { Size } from '../../task/picture.ts';

/**
 * Decodes a picture into raw 8-bit sRGB, three bytes a pixel, upright, transparency on black: here rather than in
 * ffmpeg, whose older builds know fewer formats. Undefined where it cannot be decoded; throws RangeError where it has
 * another size than was said, which is a programming error.
 */
export async function decodePicture(
  picture: Uint8Array,
  { size, decoder }: { size: Size; decoder: Pick<Decoder, 'convert'> },
): Promise<Uint8Array | undefined> {
  try {
    const { bytes, size: found } = await decoder.convert(() => [picture], { ground: '#000', to: { type: 'pixels' } });
    if (found.width === size.width && found.height === size.height) return bytes;
    throw new RangeError(
      `The picture is ${found.width}×${found.height}, not ${size.width}×${size.height} as was said.`,
    );
  } catch (error) {
    if (error instanceof BadPicture) return undefined;
    throw error;
  }
}
