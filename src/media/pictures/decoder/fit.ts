import sharp, { type Sharp } from 'sharp';
import { type Area, cutAtStart, hasShapeOf, keptPart } from '../../../task/crop.ts';
import { type Fit, isSameSize, nearestSize, type PictureNote, type Size } from '../../../task/picture.ts';
import { BadPicture } from '../bad-picture.ts';
import { formed } from './convert.ts';
import { onGround } from './ground.ts';
import { readHeader } from './header.ts';
import type { Header } from './header-told.ts';
import { decodeAll, type FailOn, refuseFilled, wholeOf } from './jpeg-end.ts';
import { undecodable } from './open.ts';
import { readPixels } from './pixels.ts';
import { pixelsAlone } from './pixels-alone.ts';
import type { FitOptions, FittedPicture } from './requests.ts';
import { cut, cutByAttention, filling, pad, partOf, within } from './shape.ts';
import { THUMBNAIL } from './thumbnail.ts';

/** Colour at full resolution: the clip's encoder halves it once more, and thin coloured lines survive that only once. */
const JPEG = { quality: 92, chromaSubsampling: '4:4:4' } as const;

/** Computing that a picture of a clip's size may take to decode: it takes some 20 ms, of a kind made to hurt seconds. */
const MAX_PLAIN_MS = 250;

/** Types that every provider takes as they are. */
const PASSES = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' } as const;

const thumbnailOf = (picture: Sharp): Promise<Uint8Array> => formed(picture, THUMBNAIL).toBuffer();

/** Makes a picture fit. Throws `BadPicture` for one that cannot be used. */
export async function fitPicture(bytes: Uint8Array, options: FitOptions): Promise<FittedPicture> {
  const header = await readHeader(bytes);
  const original = header.size;
  const { sizes } = options;
  const exact = sizes.some((size) => isSameSize(size, original));
  if (options.fit === 'strict' && !exact)
    throw new BadPicture({ type: 'wrong-size', found: original, wanted: [...sizes] });
  const fitted = exact ? original : nearestSize(original, sizes);
  if (!fitted) throw new TypeError('a picture can only be fitted to at least one size');
  try {
    const passes = exact ? await asItIs(bytes, header) : undefined;
    if (passes) return { ...passes, original, fitted, notes: [] };
    const did = howToFit(original, fitted, options.fit);
    const drawn = sizeDrawn(original, fitted, { padded: did === 'padded', most: options.oversample });
    const kept: Area | undefined =
      did === 'cropped' && options.focus ? keptPart(original, fitted, options.focus) : undefined;
    const read = await readPixels(header, (upright) => {
      if (did === 'padded') return within(upright, drawn);
      return kept ? partOf(upright, kept, drawn) : filling(upright, original, drawn);
    });
    const { pixels, ground } = await onGround(read);
    const shaped = did === 'padded' ? await pad(pixels, drawn, ground) : cut(pixels, drawn, did === 'cropped');
    const { data, info } = await shaped.raw().toBuffer({ resolveWithObject: true });
    const made = () => sharp(data, { raw: info });
    const [jpeg, thumbnail] = [await made().jpeg(JPEG).toBuffer(), await thumbnailOf(made())];
    const byAttention = () => (did === 'cropped' ? cutByAttention(original, pixels, info) : undefined);
    const atStart = kept ? cutAtStart(kept, original) : byAttention();
    return { bytes: jpeg, type: 'image/jpeg', thumbnail, original, fitted, notes: notesOf(header, did, atStart) };
  } catch (error) {
    throw undecodable(error);
  }
}

/** A file whose pixels may pass as they are, without what tells of them; undefined for any other. */
async function asItIs(
  bytes: Uint8Array,
  header: Header,
): Promise<Pick<FittedPicture, 'bytes' | 'isItself' | 'type' | 'thumbnail'> | undefined> {
  const { type, file, turned, animated, transparent, ordinary } = header;
  if (turned || animated || transparent || !ordinary || type === 'avif' || type === 'heic' || type === 'gif')
    return undefined;
  const alone = pixelsAlone(file, type);
  const thumbnail = alone && (await thumbnailOfPlain(alone, header));
  if (!thumbnail) return undefined;
  // As long as before, it has lost nothing.
  const lost = alone.length === bytes.length ? {} : { bytes: alone, isItself: true };
  return { type: PASSES[type], thumbnail, ...lost };
}

/**
 * The thumbnail of a picture of which all can be decoded, and easily: a file that passes as it is will be decoded again, for
 * previews. Every pixel is, so that a picture cut off at the bottom does not slip through. Undefined for any other.
 */
async function thumbnailOfPlain(
  bytes: Uint8Array,
  { type, size }: Pick<Header, 'type' | 'size'>,
): Promise<Uint8Array | undefined> {
  let tookMs = 0;
  async function decode(failOn?: FailOn): Promise<Uint8Array> {
    const before = process.cpuUsage();
    const thumbnail = await thumbnailOf(wholeOf(bytes, size, failOn));
    const { user, system } = process.cpuUsage(before);
    tookMs = (user + system) / 1000;
    return thumbnail;
  }
  if (type === 'jpeg') await refuseFilled(bytes);
  const thumbnail = await (type === 'jpeg' ? decodeAll(decode) : decode());
  return tookMs <= MAX_PLAIN_MS ? thumbnail : undefined;
}

function notesOf(header: Header, did: ReturnType<typeof howToFit>, atStart: number | undefined): PictureNote[] {
  const notes: PictureNote[] = [];
  if (header.animated) notes.push({ type: 'first-frame' });
  if (header.turned) notes.push({ type: 'upright' });
  if (did === 'cropped') notes.push({ type: did, from: header.size, atStart });
  else if (did) notes.push({ type: did, from: header.size });
  return notes;
}

/** The size that it fits, or as much more of the same shape as the original has the pixels for. */
function sizeDrawn(from: Size, to: Size, { padded, most = 1 }: { padded: boolean; most?: number }): Size {
  const has = (padded ? Math.max : Math.min)(from.width / to.width, from.height / to.height);
  const times = Math.max(1, Math.min(has, most));
  const even = (side: number) => 2 * Math.round((side * times) / 2);
  return times === 1 ? to : { width: even(to.width), height: even(to.height) };
}

function howToFit(from: Size, to: Size, fit: Fit): 'cropped' | 'padded' | 'resized' | undefined {
  if (isSameSize(from, to)) return undefined;
  if (hasShapeOf(from, to)) return 'resized';
  return fit === 'pad' ? 'padded' : 'cropped';
}
