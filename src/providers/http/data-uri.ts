import sharp from 'sharp';
import { encoding } from '../../media/pictures/encoding.ts';

const PREFIX = 'data:image/jpeg;base64,';
/** Tried in this order until one fits; the first is what `fit` uses for pictures. */
const QUALITIES = [92, 85, 75, 60, 40] as const;
const FULL_COLOUR_FROM = 90;

/**
 * A picture as a JPEG data URI of at most `maxChars` characters: untouched where it is a JPEG that fits, else encoded
 * anew, smaller and smaller. Undefined for bytes that are no picture; throws a `RangeError` where nothing fits.
 */
export async function toDataUri(picture: Uint8Array, { maxChars }: { maxChars: number }): Promise<string | undefined> {
  if (isJpeg(picture) && lengthOf(picture) <= maxChars) return encode(picture);
  for (const quality of QUALITIES) {
    const jpeg = await toJpeg(picture, quality);
    if (!jpeg) return undefined;
    if (lengthOf(jpeg) <= maxChars) return encode(jpeg);
  }
  throw new RangeError(`No JPEG of this picture fits into ${maxChars} characters.`);
}

async function toJpeg(picture: Uint8Array, quality: number): Promise<Uint8Array | undefined> {
  try {
    return await encoding(() =>
      sharp(picture, { failOn: 'truncated' })
        .flatten({ background: '#ffffff' }) // what is transparent would turn black
        .toColourspace('srgb')
        .jpeg({ quality, chromaSubsampling: quality >= FULL_COLOUR_FROM ? '4:4:4' : '4:2:0' })
        .toBuffer(),
    );
  } catch {
    return undefined;
  }
}

const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
const lengthOf = (bytes: Uint8Array): number => PREFIX.length + 4 * Math.ceil(bytes.length / 3);
const encode = (bytes: Uint8Array): string => PREFIX + Buffer.from(bytes).toString('base64');
