import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { fitPicture } from '../../src/media/pictures/decoder/fit.ts';
import { MAX_PICTURE_PIXELS } from '../../src/media/pictures/inspect.ts';
import type { PictureProblem } from '../../src/task/picture.ts';
import { encode, FORMATS, flat, refusalOf, SIZES, u32 } from './fixtures.ts';
import { blackPng, canvas, huge, webp } from './hostile.ts';

const cropped = (picture: Uint8Array) => fitPicture(picture, { fit: 'crop', sizes: SIZES });
/** Decoding any of these would take a gigabyte and more. */
const MAX_GROWTH_KB = 64 * 1024;

/** Refuses a picture and holds what that took at its peak; alone in its file, because the peak is the process's. */
async function refusedCheaply(file: Buffer): Promise<PictureProblem> {
  const before = process.resourceUsage().maxRSS;
  const problem = await refusalOf(() => cropped(file));
  expect(process.resourceUsage().maxRSS - before, 'kilobytes taken by refusing').toBeLessThan(MAX_GROWTH_KB);
  return problem;
}

describe('limits', () => {
  test('a picture under 320 px a side is refused with the size found, one of 320 is not', async () => {
    expect(await refusedCheaply(blackPng({ width: 1000, height: 319 }))).toEqual({
      type: 'too-small',
      found: { width: 1000, height: 319 },
      minSide: 320,
    });
    expect(await cropped(blackPng({ width: 1000, height: 320 }))).toMatchObject({
      original: { width: 1000, height: 320 },
    });
  });

  test('a picture over 50 megapixels is refused with the size found, one of 50 is not', async () => {
    const claiming = (width: number, height: number) => {
      const png = blackPng({ width: 400, height: 400 });
      png.set(u32(width, height), 16);
      return png;
    };
    // Its checksum is wrong, and its pixels are missing.
    expect(await refusedCheaply(claiming(10_000, 5_000))).toEqual({ type: 'truncated' });
    expect(await refusedCheaply(claiming(10_000, 5_001))).toEqual({
      type: 'too-many-pixels',
      found: { width: 10_000, height: 5_001 },
      maxPixels: MAX_PICTURE_PIXELS,
    });
  });
});

describe('a decompression bomb that says so in its header is refused before anything is decoded', () => {
  test.each([
    ['jpeg', 'too-many-pixels'],
    ['png', 'too-many-pixels'],
    ['webp', 'truncated'],
    ['avif', 'truncated'],
    ['gif', 'too-many-pixels'],
  ] as const)('%s', async (format, problem) => {
    expect((await refusedCheaply(huge()[format])).type).toBe(problem);
  });
});

describe('a decompression bomb whose header lies costs no more', () => {
  test('a GIF whose first frame is larger than its screen', async () => {
    const file = Buffer.from(huge().gif);
    for (const at of [6, 8]) file.writeUInt16LE(400, at);
    expect(await refusedCheaply(file)).toMatchObject({
      type: 'too-many-pixels',
      found: { width: 50_000, height: 50_000 },
    });
  });

  test('a WebP whose pixels are more than its canvas holds', async () => {
    // A lossless picture of one colour is a few bytes whatever its size: 14 bits each of width and height, less one.
    const pixels = await flat({ width: 400, height: 400 }, '#345').webp({ lossless: true }).toBuffer();
    const lossless = Buffer.from(pixels.subarray(20));
    lossless.writeUInt32LE((lossless.readUInt32LE(1) & 0xf0000000) | 0x0fffffff, 1);
    const file = webp([
      ['VP8X', canvas(1280, 720)],
      ['VP8L', lossless],
    ]);
    expect(await refusedCheaply(file)).toEqual({ type: 'truncated' });
  });

  test('a PNG that is a ribbon is cropped in its middle only', async () => {
    const ribbon = await flat({ width: 320, height: 150_000 }, '#345').png().toBuffer();
    const before = process.resourceUsage().maxRSS;
    await cropped(ribbon);
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(2 * MAX_GROWTH_KB); // enlarged as a whole: 700 MB
  });

  test('an AVIF whose picture is larger than it says', async () => {
    const honest = await flat({ width: 6_000, height: 6_000 }, '#345').avif({ effort: 0 }).toBuffer();
    const file = Buffer.from(honest);
    for (let at = file.indexOf('ispe'); at >= 0; at = file.indexOf('ispe', at + 4)) file.set(u32(1280, 720), at + 8);
    expect(await refusedCheaply(file)).toEqual({ type: 'truncated' });
  });
});

describe('a file that is two things', () => {
  const size = { width: 700, height: 400 };
  const others: [string, () => Promise<Buffer> | Buffer][] = [
    ...FORMATS.map((format): [string, () => Promise<Buffer>] => [format, () => encode(flat(size, '#2040c0'), format)]),
    ['a drawing', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="700" height="400"/>')],
    ['a TIFF', () => flat(size, '#2040c0').tiff().toBuffer()],
    ['a document', () => Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3')],
  ];
  const pairs = FORMATS.flatMap((format) => others.map(([name, make]) => ({ format, name, make })));

  test.each(pairs)('is what it begins as: $format, then $name', async ({ format, make }) => {
    const file = Buffer.concat([await encode(flat(size, '#c03020'), format), await make()]);
    const { bytes } = await cropped(file);
    const [red, , blue] = (await sharp(bytes).stats()).channels;
    expect([red?.mean, blue?.mean].map((mean) => Math.round((mean ?? 0) / 32))).toEqual([6, 1]);
  });

  test.each(pairs.filter(({ format, name }) => format !== name))(
    'is refused where $format has only the first bytes, and $name the rest',
    async ({ format, make }) => {
      const head = (await encode(flat(size, '#c03020'), format)).subarray(0, 12);
      expect((await refusalOf(async () => cropped(Buffer.concat([head, await make()])))).type).toMatch(
        /^(truncated|unknown-type|too-many-pixels|too-small)$/,
      );
    },
  );
});
