import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createFitter, type FitOptions } from '../../src/media/pictures/fit.ts';
import { inspectPicture } from '../../src/media/pictures/inspect.ts';
import type { PictureProblem } from '../../src/task/picture.ts';
import { box, flat, ftyp, refusalOf, SIZES, u32 } from './fixtures.ts';

const fitter = createFitter();
const fitPicture = (bytes: Uint8Array, options: FitOptions) => fitter(async () => bytes, options);
/** Decoding any of these would take a gigabyte and more. */
const MAX_GROWTH_KB = 64 * 1024;

/** Refuses a picture and holds what that took at its peak; alone in its file, because the peak is the process's. */
async function refusedCheaply(file: Buffer): Promise<PictureProblem> {
  const before = process.resourceUsage().maxRSS;
  const problem = await refusalOf(() => fitPicture(file, { fit: 'crop', sizes: SIZES }));
  expect(process.resourceUsage().maxRSS - before, 'kilobytes taken by refusing').toBeLessThan(MAX_GROWTH_KB);
  return problem;
}

function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    return Buffer.concat([u32(data.length), named, u32(crc32(named))]);
  };
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const header = chunk('IHDR', Buffer.concat([u32(width, height), Buffer.from([8, 2, 0, 0, 0])]));
  return Buffer.concat([
    signature,
    header,
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function gif(screen: number, frame: number): Buffer {
  const file = Buffer.from(
    'GIF89a\0\0\0\0\x80\0\0\xff\0\0\0\0\xff\x2c\0\0\0\0\0\0\0\0\0\x02\x02\x44\x01\0\x3b',
    'latin1',
  );
  for (const at of [6, 8]) file.writeUInt16LE(screen, at);
  for (const at of [24, 26]) file.writeUInt16LE(frame, at);
  return file;
}

function webp(...chunks: [string, Buffer][]): Buffer {
  const parts = chunks.map(([type, data]) => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(data.length);
    return Buffer.concat([Buffer.from(type, 'latin1'), size, data, Buffer.alloc(data.length % 2)]);
  });
  const body = Buffer.concat([Buffer.from('WEBP'), ...parts]);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  return Buffer.concat([Buffer.from('RIFF'), size, body]);
}

function canvas(width: number, height: number): Buffer {
  const data = Buffer.alloc(10);
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return data;
}

function avif(width: number, height: number): Buffer {
  const size = box('ispe', u32(0, width, height));
  return Buffer.concat([
    ftyp('avif', 'mif1'),
    box('meta', u32(0), box('iprp', box('ipco', size))),
    box('mdat', u32(0)),
  ]);
}

/** An empty JPEG: the start, a JFIF block, a frame header, the end. */
function jpeg(width: number, height: number): Buffer {
  const start = Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1');
  const frame = Buffer.from('\xff\xc0\0\x11\x08\0\0\0\0\x03\x01\x22\0\x02\x11\x01\x03\x11\x01\xff\xd9', 'latin1');
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([start, frame]);
}

describe('a decompression bomb that says so in its header is refused before the decoder sees it', () => {
  test.each([
    ['PNG', png(30_000, 30_000)],
    ['GIF', gif(65_535, 10)],
    ['WebP', webp(['VP8X', canvas(16_384, 16_384)])],
    ['AVIF', avif(100_000, 100_000)],
    ['JPEG', jpeg(65_500, 65_500)],
  ])('%s', async (_, file) => {
    expect((await refusalOf(() => inspectPicture(file))).type).toBe('too-many-pixels');
    expect((await refusedCheaply(file)).type).toBe('too-many-pixels');
  });
});

describe('a decompression bomb whose header lies costs no more', () => {
  test('a GIF whose first frame is larger than its screen', async () => {
    const file = gif(400, 65_535);
    expect(inspectPicture(file).size).toEqual({ width: 400, height: 400 });
    expect(await refusedCheaply(file)).toMatchObject({
      type: 'too-many-pixels',
      found: { width: 65_535, height: 65_535 },
    });
  });

  test('a WebP whose pixels are more than its canvas holds', async () => {
    // A lossless picture of one colour is a few bytes whatever its size: 14 bits each of width and height, less one.
    const pixels = await flat({ width: 400, height: 400 }, '#345').webp({ lossless: true }).toBuffer();
    const lossless = Buffer.from(pixels.subarray(20));
    lossless.writeUInt32LE((lossless.readUInt32LE(1) & 0xf0000000) | 0x0fffffff, 1);
    const file = webp(['VP8X', canvas(1280, 720)], ['VP8L', lossless]);
    expect(inspectPicture(file).size).toEqual({ width: 1280, height: 720 });
    expect(await refusedCheaply(file)).toEqual({
      type: 'truncated',
    });
  });

  test('a PNG that is a ribbon is cropped in its middle only', async () => {
    const ribbon = await flat({ width: 320, height: 150_000 }, '#345').png().toBuffer();
    const before = process.resourceUsage().maxRSS;
    await fitPicture(ribbon, { fit: 'crop', sizes: SIZES });
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(2 * MAX_GROWTH_KB); // enlarged as a whole: 700 MB
  });

  test('an AVIF whose picture is larger than it says', async () => {
    // Last in the file: making it takes more memory than refusing may.
    const honest = await flat({ width: 6_000, height: 6_000 }, '#345').avif({ effort: 0 }).toBuffer();
    const file = Buffer.from(honest);
    for (let at = file.indexOf('ispe'); at >= 0; at = file.indexOf('ispe', at + 4)) {
      file.set(u32(1280, 720), at + 8);
    }
    expect(inspectPicture(file).size).toEqual({ width: 1280, height: 720 });
    expect(await refusedCheaply(file)).toEqual({
      type: 'truncated',
    });
  });
});
