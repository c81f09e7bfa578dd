import sharp, { type Sharp } from 'sharp';
import { BadPicture } from '../../src/media/pictures/bad-picture.ts';
import type { PictureProblem, Size } from '../../src/task/picture.ts';

export const LANDSCAPE: Size = { width: 1280, height: 720 };
export const PORTRAIT: Size = { width: 720, height: 1280 };
export const SIZES = [LANDSCAPE, PORTRAIT];

export type Colour = readonly [number, number, number];
/** What lies in the corners of `cornered`, which has no symmetry that a wrong turn could hide behind. */
export const CORNERS = {
  topLeft: [220, 30, 30],
  topRight: [30, 180, 30],
  bottomLeft: [30, 30, 220],
  bottomRight: [230, 210, 30],
} as const satisfies Record<string, Colour>;

/** A grey picture with a coloured square, a quarter of the shorter side, in each corner. */
export function cornered({ width, height }: Size): Sharp {
  const side = Math.floor(Math.min(width, height) / 4);
  const square = ([r, g, b]: Colour) => ({
    create: { width: side, height: side, channels: 3 as const, background: { r, g, b } },
  });
  return sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect
      width="100%" height="100%" fill="#888"/></svg>`),
  )
    .removeAlpha()
    .composite([
      { input: square(CORNERS.topLeft), left: 0, top: 0 },
      { input: square(CORNERS.topRight), left: width - side, top: 0 },
      { input: square(CORNERS.bottomLeft), left: 0, top: height - side },
      { input: square(CORNERS.bottomRight), left: width - side, top: height - side },
    ]);
}

/** Noise, so that no part of the file is empty and a cut anywhere takes pixels away. */
export function noisy({ width, height }: Size): Sharp {
  const data = Buffer.alloc(width * height * 3);
  let state = 1;
  for (let at = 0; at < data.length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    data[at] = ((at / 3) % width) / 8 + (state >> 16) * 0.002;
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

export const flat = ({ width, height }: Size, background: string): Sharp =>
  sharp({ create: { width, height, channels: 3, background } });

export const FORMATS = ['jpeg', 'png', 'webp', 'avif', 'gif'] as const;

/** As a file, made quickly rather than small. */
export function encode(picture: Sharp, format: (typeof FORMATS)[number]): Promise<Buffer> {
  if (format === 'avif') return picture.avif({ effort: 0 }).toBuffer();
  if (format === 'gif') return picture.gif({ effort: 1, colours: 16, dither: 0 }).toBuffer();
  return picture[format]().toBuffer();
}

/** The colour at a point, given in shares of width and height. */
export async function colourAt(picture: Uint8Array, across: number, down: number): Promise<Colour> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const x = Math.floor(across * (info.width - 1));
  const y = Math.floor(down * (info.height - 1));
  const at = (y * info.width + x) * info.channels;
  return [data[at] ?? -1, data[at + 1] ?? -1, data[at + 2] ?? -1];
}

/** Whether two colours are the same but for what JPEG and palettes do to them. */
export function alike(one: Colour, other: Colour, tolerance = 24): boolean {
  return one.every((value, channel) => Math.abs(value - (other[channel] ?? Number.NaN)) <= tolerance);
}

/** Time that this process has computed, in milliseconds: unlike the clock's, not the business of what else runs. */
export function computedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** A box of an ISO media file. */
export function box(type: string, ...contents: Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  return Buffer.concat([u32(body.length + 8), Buffer.from(type, 'latin1'), body]);
}

export function ftyp(...brands: string[]): Buffer {
  const [major = 'isom', ...rest] = brands;
  return box('ftyp', Buffer.from(`${major}\0\0\0\0${rest.join('')}`, 'latin1'));
}

export function u32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
}

/** The problem for which a picture is refused; throws what is no refusal, and where there is none. */
export async function refusalOf(refuse: () => unknown): Promise<PictureProblem> {
  try {
    await refuse();
  } catch (error) {
    if (error instanceof BadPicture) return error.problem;
    throw error;
  }
  throw new Error('the picture was taken');
}
