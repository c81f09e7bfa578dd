import sharp, { type Sharp } from 'sharp';
import type { Fit, PictureNote, Size } from '../../../task/picture.ts';
import { BadPicture } from '../bad-picture.ts';
import { type Header, readHeader } from './header.ts';
import { open, undecodable } from './open.ts';
import { pixelsAlone } from './pixels-alone.ts';
import type { FitOptions, FittedPicture } from './requests.ts';

/** Beyond this ratio of sides only the middle is considered for a crop: enlarging a ribbon to cover costs a gigabyte. */
const MAX_CROP_RATIO = 8;
/** Losing up to this share of a side is rounding, not a crop worth telling (1366×768 is not quite 16:9). */
const SAME_SHAPE = 0.01;
/** Edges of a padded picture are blurred at this fraction of the size; enlarging smooths them further, for free. */
const BLUR_SCALE = 1 / 16;
const BLUR_SIGMA_PX = 3;
/** Edges have this share of the picture's light, so that the picture stands out. */
const EDGE_BRIGHTNESS = 0.7;
/** Colour at full resolution: the clip's encoder halves it once more, and thin coloured lines survive that only once. */
const JPEG = { quality: 92, chromaSubsampling: '4:4:4' } as const;

/** Computing that a picture of a clip's size may take to decode: it takes some 20 ms, of a kind made to hurt seconds. */
const MAX_PLAIN_MS = 250;

/** What transparent pictures lie on. */
const LIGHT = '#ffffff';
const DARK = '#1c1c1e';

/** Types that every provider takes as they are. */
const PASSES = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' } as const;

/** Makes a picture fit. Throws `BadPicture` for one that cannot be used. */
export async function fitPicture(bytes: Uint8Array, options: FitOptions): Promise<FittedPicture> {
  const header = await readHeader(bytes);
  const original = header.size;
  const { sizes } = options;
  const exact = sizes.some((size) => sameSize(size, original));
  if (options.fit === 'strict' && !exact)
    throw new BadPicture({ type: 'wrong-size', found: original, wanted: [...sizes] });
  const fitted = exact ? original : nearestSize(original, sizes);
  try {
    if (exact && !header.turned && !header.animated && header.type !== 'avif' && header.type !== 'gif') {
      const alone = pixelsAlone(bytes, header.type);
      const passes = alone && (await isPlain(alone));
      // As long as before, it has lost nothing.
      const lost = alone && alone.length < bytes.length ? { bytes: alone, isItself: true } : {};
      if (passes) return { type: PASSES[header.type], original, fitted, notes: [], ...lost };
    }
    const ground = header.transparent ? await groundFor(bytes) : undefined;
    const upright = asShown(bytes, header, ground);
    const did = howToFit(original, fitted, options.fit);
    const drawn = sizeDrawn(original, fitted, { padded: did === 'padded', most: options.oversample });
    const shaped =
      did === 'padded' ? await pad(upright, drawn, ground) : cover(upright, original, drawn, did === 'cropped');
    const jpeg = await shaped.jpeg(JPEG).toBuffer();
    return { bytes: jpeg, type: 'image/jpeg', original, fitted, notes: notesOf(header, did) };
  } catch (error) {
    throw undecodable(error);
  }
}

/**
 * Whether all of a picture can be decoded, and easily: a file that passes as it is will be decoded again, for cards and
 * previews. Every pixel is, so that a picture cut off at the bottom does not slip through; nobody needs more than their mean.
 */
async function isPlain(bytes: Uint8Array): Promise<boolean> {
  const before = process.cpuUsage();
  await open(bytes).resize(1, 1, { fit: 'fill' }).raw().toBuffer();
  const { user, system } = process.cpuUsage(before);
  return user + system <= MAX_PLAIN_MS * 1000;
}

/** The picture as a person sees it: the right way up, opaque, in sRGB (sharp's own choice for whatever it is given). */
function asShown(bytes: Uint8Array, header: Header, ground = LIGHT): Sharp {
  const picture = open(bytes).autoOrient().flatten({ background: ground });
  // sharp works on 16 bits with a profile in Display P3, and unless told again leaves it so: colours would come out dull.
  return header.deepProfiled ? picture.withIccProfile('srgb', { attach: false }) : picture;
}

/** Fills the size and cuts what stands out: evenly, or away from what draws the eye (skin, saturation, edges). */
function cover(picture: Sharp, from: Size, to: Size, byAttention: boolean): Sharp {
  const longest = MAX_CROP_RATIO * Math.min(from.width, from.height);
  const width = Math.min(from.width, longest);
  const height = Math.min(from.height, longest);
  const isRibbon = width < from.width || height < from.height;
  const left = Math.floor((from.width - width) / 2);
  const top = Math.floor((from.height - height) / 2);
  const middle = isRibbon ? picture.extract({ left, top, width, height }) : picture;
  return middle.resize(to.width, to.height, {
    fit: 'cover',
    position: byAttention ? sharp.strategy.attention : 'centre',
  });
}

/** The whole picture before an enlarged, blurred, darkened copy of itself; one that lies on a ground, on more of that. */
async function pad(picture: Sharp, to: Size, ground: string | undefined): Promise<Sharp> {
  if (ground) return picture.resize(to.width, to.height, { fit: 'contain', background: ground });
  const { data, info } = await picture
    .resize(to.width, to.height, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  const edges = await sharp(data, { raw })
    .resize(Math.ceil(to.width * BLUR_SCALE), Math.ceil(to.height * BLUR_SCALE), { fit: 'cover' })
    .blur(BLUR_SIGMA_PX)
    .linear(EDGE_BRIGHTNESS)
    .png()
    .toBuffer();
  return sharp(edges)
    .resize(to.width, to.height, { fit: 'fill', kernel: 'cubic' })
    .composite([{ input: data, raw, gravity: 'centre' }]);
}

/**
 * What a picture lies on where it can be seen through: white, as on a page, unless it would vanish there (a white logo),
 * then nearly black. None where it is opaque all over, as most pictures with an alpha channel are.
 */
async function groundFor(bytes: Uint8Array): Promise<string | undefined> {
  const small = await open(bytes).resize(64, 64, { fit: 'inside' }).png().toBuffer();
  if ((await sharp(small).stats()).isOpaque) return undefined;
  const contrastOn = async (background: string) => {
    const flat = await sharp(small).flatten({ background }).greyscale().png().toBuffer();
    const { channels } = await sharp(flat).stats();
    return channels[0]?.stdev ?? 0;
  };
  return (await contrastOn(LIGHT)) * 2 < (await contrastOn(DARK)) ? DARK : LIGHT;
}

function notesOf(header: Header, did: ReturnType<typeof howToFit>): PictureNote[] {
  const notes: PictureNote[] = [];
  if (header.animated) notes.push({ type: 'first-frame' });
  if (header.turned) notes.push({ type: 'upright' });
  if (did) notes.push({ type: did, from: header.size });
  return notes;
}

function sameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}

/** The size of the same orientation; a square counts as landscape. */
function nearestSize(original: Size, sizes: readonly Size[]): Size {
  const isPortrait = ({ width, height }: Size) => height > width;
  const nearest = sizes.find((size) => isPortrait(size) === isPortrait(original)) ?? sizes[0];
  if (!nearest) throw new TypeError('a picture can only be fitted to at least one size');
  return nearest;
}

/** The size that it fits, or as much more of the same shape as the original has the pixels for. */
function sizeDrawn(from: Size, to: Size, { padded, most = 1 }: { padded: boolean; most?: number }): Size {
  const has = (padded ? Math.max : Math.min)(from.width / to.width, from.height / to.height);
  const times = Math.max(1, Math.min(has, most));
  const even = (side: number) => 2 * Math.round((side * times) / 2);
  return times === 1 ? to : { width: even(to.width), height: even(to.height) };
}

function howToFit(from: Size, to: Size, fit: Fit): 'cropped' | 'padded' | 'resized' | undefined {
  if (sameSize(from, to)) return undefined;
  const across = from.width / to.width;
  const down = from.height / to.height;
  if (1 - Math.min(across, down) / Math.max(across, down) <= SAME_SHAPE) return 'resized';
  return fit === 'pad' ? 'padded' : 'cropped';
}
