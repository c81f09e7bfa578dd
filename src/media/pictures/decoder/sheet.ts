import sharp, { type OverlayOptions } from 'sharp';
import { open, undecodable } from './open.ts';
import type { ConvertedPicture, SheetOptions } from './requests.ts';

const COLUMNS = 3;
const CELL = { width: 320, height: 240 };
const GAP_PX = 4;
const GROUND = '#1c1c1e';
const EMPTY = { r: 58, g: 58, b: 60 };
/** Of a covered picture so little is left before it is enlarged again. */
const COVERED = { width: 6, height: 4 };
const QUALITY = 84;

/** Digits from 0 to 9, five pixels by seven: fonts are the machine's, which may have none. */
const DIGITS = [
  '01110 10001 10011 10101 11001 10001 01110',
  '00100 01100 00100 00100 00100 00100 01110',
  '01110 10001 00001 00110 01000 10000 11111',
  '11111 00010 00100 00010 00001 10001 01110',
  '00010 00110 01010 10010 11111 00010 00010',
  '11111 10000 11110 00001 00001 10001 01110',
  '00110 01000 10000 11110 10001 10001 01110',
  '11111 00001 00010 00100 01000 01000 01000',
  '01110 10001 10001 01110 10001 10001 01110',
  '01110 10001 10001 01111 00001 00010 01100',
];
const DIGIT = { width: 5, height: 7 };
const DIGIT_SCALE = 5;
const BADGE = { width: 40, height: 48 };
/** How dark the ground of a number is, of 255. */
const BADGE_SHADE = 176;

/** Puts pictures on one sheet, three in a row, each with its number. One that cannot be decoded leaves its cell empty. */
export async function drawSheet(pictures: Uint8Array, { cells }: SheetOptions): Promise<ConvertedPicture> {
  const columns = Math.min(COLUMNS, cells.length);
  const rows = Math.ceil(cells.length / COLUMNS);
  const width = columns * CELL.width + (columns - 1) * GAP_PX;
  const height = rows * CELL.height + (rows - 1) * GAP_PX;
  const laid: OverlayOptions[] = [];
  let at = 0;
  for (const [n, { bytes, isCovered }] of cells.entries()) {
    const left = (n % COLUMNS) * (CELL.width + GAP_PX);
    const top = Math.floor(n / COLUMNS) * (CELL.height + GAP_PX);
    const pixels = await cellOf(pictures.subarray(at, at + bytes), isCovered);
    laid.push({ input: pixels, raw: { ...CELL, channels: 3 }, left, top });
    laid.push({ input: await badgeOf(n + 1), raw: { ...BADGE, channels: 4 }, left, top });
    at += bytes;
  }
  try {
    const ground = sharp({ create: { width, height, channels: 3, background: GROUND } });
    const { data, info } = await ground
      .composite(laid)
      .jpeg({ quality: QUALITY })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, size: { width: info.width, height: info.height } };
  } catch (error) {
    throw undecodable(error);
  }
}

async function cellOf(picture: Uint8Array, isCovered: boolean): Promise<Buffer> {
  if (picture.length > 0)
    try {
      const fitted = open(picture)
        .autoOrient()
        .flatten()
        .toColourspace('srgb')
        .resize({ ...CELL, fit: 'cover' });
      const clear = await fitted.raw({ depth: 'uchar' }).toBuffer();
      return isCovered ? await cover(clear) : clear;
    } catch {
      // Its number is enough.
    }
  return sharp({ create: { ...CELL, channels: 3, background: EMPTY } })
    .raw()
    .toBuffer();
}

async function cover(pixels: Buffer): Promise<Buffer> {
  const few = await sharp(pixels, { raw: { ...CELL, channels: 3 } })
    .resize({ ...COVERED, fit: 'fill' })
    .raw()
    .toBuffer();
  return sharp(few, { raw: { ...COVERED, channels: 3 } })
    .resize({ ...CELL, fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
}

/** A number of one digit, white on a dark ground that lets the picture through. */
async function badgeOf(n: number): Promise<Buffer> {
  const bits = (DIGITS[n % 10] ?? '').replaceAll(' ', '');
  const size = { width: DIGIT.width * DIGIT_SCALE, height: DIGIT.height * DIGIT_SCALE };
  const digit = await sharp(Buffer.from([...bits].map((bit) => Number(bit) * 255)), { raw: { ...DIGIT, channels: 1 } })
    .resize({ ...size, fit: 'fill', kernel: 'cubic' })
    // Round where the corners of pixels were, and sharp.
    .linear(3, -255)
    .toColourspace('b-w')
    .raw({ depth: 'uchar' })
    .toBuffer();
  const badge = Buffer.alloc(BADGE.width * BADGE.height * 4);
  const [left, top] = [(BADGE.width - size.width) / 2, (BADGE.height - size.height) / 2].map(Math.floor);
  for (let y = 0; y < BADGE.height; y++)
    for (let x = 0; x < BADGE.width; x++) {
      const [dx, dy] = [x - (left ?? 0), y - (top ?? 0)];
      const isDigit = dx >= 0 && dx < size.width && dy >= 0 && dy < size.height;
      const light = isDigit ? (digit[dy * size.width + dx] ?? 0) : 0;
      badge.fill(light, (y * BADGE.width + x) * 4, (y * BADGE.width + x) * 4 + 3);
      badge[(y * BADGE.width + x) * 4 + 3] = Math.max(BADGE_SHADE, light);
    }
  return badge;
}
