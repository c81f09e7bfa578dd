import { BadPicture } from '../../media/pictures/bad-picture.ts';
import type { Decoder } from '../../media/pictures/decoder/decoder.ts';
import type { Focus, Size } from '../../task/picture.ts';

/** Shapes that differ by less than this share are the same, but for rounding. */
const SAME_SHAPE = 0.01;

/** A picture that is decoded: raw 8-bit sRGB, three bytes a pixel, upright, transparency on black. */
export interface Pixels {
  bytes: Uint8Array;
  size: Size;
  focus: Focus;
}

/**
 * Decodes a picture: here rather than in ffmpeg, whose older builds know fewer formats. Undefined where it cannot be
 * decoded; throws RangeError where it has another shape than the clip or fewer pixels, which is a programming error.
 */
export async function decodePicture(
  picture: Uint8Array,
  { size, decoder }: { size: Size; decoder: Pick<Decoder, 'convert'> },
): Promise<Pixels | undefined> {
  try {
    const to = { type: 'pixels', focus: true } as const;
    const { bytes, size: found, focus } = await decoder.convert(() => [picture], { ground: '#000', to });
    const [across, down] = [found.width / size.width, found.height / size.height];
    if (!focus || Math.min(across, down) < 1 || Math.abs(across / down - 1) > SAME_SHAPE)
      throw new RangeError(
        `The picture is ${found.width}×${found.height}, which is not ${size.width}×${size.height} or more of it.`,
      );
    return { bytes, size: found, focus };
  } catch (error) {
    if (error instanceof BadPicture) return undefined;
    throw error;
  }
}
