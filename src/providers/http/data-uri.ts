import type { Decoder } from '../../media/pictures/decoder/decoder.ts';

const PREFIX = 'data:image/jpeg;base64,';
/** Tried in this order until one fits; the first is what `fit` uses for pictures. */
const QUALITIES = [92, 85, 75, 60, 40] as const;
const FULL_COLOUR_FROM = 90;

/**
 * A picture as a JPEG data URI of at most `maxChars` characters: untouched where it is a JPEG that fits, else encoded
 * anew, smaller and smaller. Throws `BadPicture`, and a `RangeError` where nothing fits.
 */
export async function toDataUri(
  picture: Uint8Array,
  { maxChars, decoder }: { maxChars: number; decoder: Pick<Decoder, 'convert'> },
): Promise<string> {
  if (isJpeg(picture) && lengthOf(picture) <= maxChars) return encode(picture);
  for (const quality of QUALITIES) {
    const fullColour = quality >= FULL_COLOUR_FROM;
    // What is transparent would turn black.
    const options = { ground: '#ffffff', to: { type: 'jpeg', quality, fullColour } } as const;
    const { bytes } = await decoder.convert(() => [picture], options);
    if (lengthOf(bytes) <= maxChars) return encode(bytes);
  }
  throw new RangeError(`No JPEG of this picture fits into ${maxChars} characters.`);
}

const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
const lengthOf = (bytes: Uint8Array): number => PREFIX.length + 4 * Math.ceil(bytes.length / 3);
const encode = (bytes: Uint8Array): string => PREFIX + Buffer.from(bytes).toString('base64');
