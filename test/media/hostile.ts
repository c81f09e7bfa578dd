import { crc32, deflateSync } from 'node:zlib';
import { box, ftyp, noisy, u32 } from './fixtures.ts';

// Pictures that hurt whoever decodes them, made here. Each is valid as far as its kind demands, or nearly so.

const latin1 = (letters: string) => Buffer.from(letters, 'latin1');
const SIGNATURE = latin1('\x89PNG\r\n\x1a\n');

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([latin1(type), data]);
  return Buffer.concat([u32(data.length), named, u32(crc32(named))]);
}

interface PngOptions {
  width: number;
  height: number;
  /** Bits a channel. */
  depth?: 8 | 16;
  alpha?: boolean;
  interlaced?: boolean;
  /** Between the header and the pixels. */
  chunks?: readonly Buffer[];
}

/** A PNG, black or with alpha of slowly changing colours, of as many bytes as it must be. */
export function blackPng({ width, height, depth = 8, alpha, interlaced, chunks = [] }: PngOptions): Buffer {
  const bytesEach = ((alpha ? 4 : 3) * depth) / 8;
  const bytesOf = (columns: number, rows: number) => (columns === 0 ? 0 : rows * (1 + columns * bytesEach));
  const raw = interlaced
    ? ADAM7.reduce((sum, [x, y, dx, dy]) => sum + bytesOf(Math.ceil((width - x) / dx), Math.ceil((height - y) / dy)), 0)
    : bytesOf(width, height);
  const header = [u32(width, height), Buffer.from([depth, alpha ? 6 : 2, 0, 0, interlaced ? 1 : 0])];
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', Buffer.concat(header)),
    ...chunks,
    // Ones are valid rows, too (each the sum of what is before it), and not wholly transparent.
    chunk('IDAT', deflateSync(Buffer.alloc(raw, alpha ? 1 : 0), { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Where each pass begins, and its steps: https://www.w3.org/TR/png-3/#8InterlaceMethods */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** A PNG of a clip's size whose compressed text is so many times 7.9 MB: under the limit that libpng has for each. */
export function textBomb(type: 'iTXt' | 'zTXt', times: number): Buffer {
  const text = deflateSync(Buffer.alloc(7_900_000, 'a'), { level: 9 });
  const data = Buffer.concat([latin1(type === 'iTXt' ? 'k\0\x01\0\0\0' : 'k\0\0'), text]);
  return blackPng({ width: 1280, height: 720, chunks: Array(times).fill(chunk(type, data)) });
}

/** A drawing that takes long, with `WEBP` where a WebP has it. */
export const svgAsWebp = (): Buffer =>
  latin1(
    `<svg a='WEBP' xmlns='http://www.w3.org/2000/svg' width='5000' height='5000'><filter id='f'>${"<feTurbulence numOctaves='20' baseFrequency='9'/><feGaussianBlur stdDeviation='99'/>".repeat(8)}</filter><rect width='5000' height='5000' filter='url(#f)'/></svg>`,
  );

/** The head of a TIFF, with the same. */
export const tiffAsWebp = (): Buffer => Buffer.concat([latin1('II*\0\x10\0\0\0WEBP\0\0\0\0'), Buffer.alloc(400)]);

/** An AVIF of as many properties as its size; a reader that looks for each from the beginning takes the square of that. */
export const manyBoxes = (count: number): Buffer =>
  Buffer.concat([
    ftyp('avif', 'avif', 'mif1', 'miaf'),
    box(
      'meta',
      u32(0),
      box('iprp', box('ipco', Buffer.concat(Array<Buffer>(count).fill(box('ispe', u32(0, 1280, 720)))))),
    ),
  ]);

const blocksOfNothing = (count: number): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(count * 4, Buffer.from([0xff, 0xe0, 0, 0]))]);

const SIZE = { width: 1280, height: 720 };

/** Files of a clip's size that are built of so many parts of a few bytes, each in another place of a kind. */
export async function manyParts(count: number): Promise<Record<string, Buffer>> {
  const many = (part: Uint8Array) => Buffer.concat(Array<Uint8Array>(count).fill(part));
  const jpeg = await noisy(SIZE).jpeg().toBuffer();
  const among = (part: number[]) => Buffer.concat([jpeg.subarray(0, 2), many(Buffer.from(part)), jpeg.subarray(2)]);
  const still = await noisy(SIZE).webp().toBuffer();
  const heic = (...boxes: Buffer[]) => Buffer.concat([ftyp('heic', 'mif1'), ...boxes]);
  return {
    'JPEG: blocks': among([0xff, 0xe0, 0, 2]),
    'JPEG: blocks of nothing': blocksOfNothing(count),
    'JPEG: markers': among([0xff, 0x01]),
    'PNG: chunks before the pixels': blackPng({ ...SIZE, chunks: [many(chunk('teXt', Buffer.alloc(0)))] }),
    'PNG: chunks behind the pixels': Buffer.concat([
      blackPng(SIZE).subarray(0, -12),
      many(chunk('IDAT', Buffer.alloc(0))),
      chunk('IEND', Buffer.alloc(0)),
    ]),
    'WebP: chunks': webp([
      ['VP8 ', still.subarray(20)],
      ...Array<[string, Uint8Array]>(count).fill(['teXt', Buffer.of()]),
    ]),
    'HEIC: boxes': heic(many(box('free'))),
    'HEIC: items': heic(
      box(
        'meta',
        u32(0),
        box('pitm', u32(0), Buffer.from([0, 1])),
        box('iprp', box('ipco'), box('ipma', u32(0, count), many(Buffer.from([0, 2, 0])))),
      ),
    ),
  };
}

/** A black GIF of one pixel a frame. */
export function manyFramesGif(frames: number): Buffer {
  const screen = latin1('GIF89a\x90\x01\x90\x01\x80\0\0\xff\0\0\0\0\xff');
  return Buffer.concat([
    screen,
    ...Array(frames).fill(latin1('\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0')),
    latin1(';'),
  ]);
}

function riff(type: string, data: Uint8Array): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(data.length);
  return Buffer.concat([latin1(type), size, data, Buffer.alloc(data.length % 2)]);
}

export const webp = (chunks: readonly [type: string, data: Uint8Array][]): Buffer =>
  riff('RIFF', Buffer.concat([latin1('WEBP'), ...chunks.map(([type, data]) => riff(type, data))]));

/** The chunk `VP8X`. */
export function canvas(width: number, height: number, { animated = false } = {}): Buffer {
  const data = Buffer.alloc(10);
  data[0] = animated ? 2 : 0;
  data.writeUIntLE(width - 1, 4, 3);
  data.writeUIntLE(height - 1, 7, 3);
  return data;
}

/** An animated WebP of one pixel a frame; libwebp finds each by going through all before it. */
export function manyFramesWebp(frames: number): Buffer {
  const pixel = riff('VP8L', Buffer.from('2f000000000750b3ce34b3ff8188e87f00', 'hex'));
  const frame = Buffer.concat([Buffer.from('00000000000000000000000064000000', 'hex'), pixel]);
  const animation = Array<[string, Uint8Array]>(frames).fill(['ANMF', frame]);
  return webp([['VP8X', canvas(400, 400, { animated: true })], ['ANIM', Buffer.alloc(6)], ...animation]);
}

function segment(marker: number, data: readonly number[] | Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 0xff]),
    Buffer.from(data),
  ]);
}

/** A scan of the given components: their coefficients `from` to `to`, of `bits` refined from what came before. */
const scan = (components: readonly number[], from: number, to: number, bits: number): Buffer =>
  segment(0xda, [components.length, ...components.flatMap((component) => [component, 0]), from, to, bits]);

/**
 * A progressive JPEG, grey all over, of as many scans as its kind allows: one for each bit of each coefficient of each of
 * three components, 2,647. Each goes through the whole picture, and takes a few bytes.
 */
export function manyScans(width: number, height: number): Buffer {
  const components = [1, 2, 3];
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const frame = Buffer.alloc(6);
  frame[0] = 8;
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  frame[5] = components.length;
  const parts = [
    Buffer.from([0xff, 0xd8]),
    segment(0xdb, [0, ...Array<number>(64).fill(1)]),
    segment(0xc2, [...frame, ...components.flatMap((component) => [component, 0x11, 0])]),
    segment(0xc4, [0x00, 1, ...Array<number>(15).fill(0), 0]), // one code for DC: no difference
    segment(0xc4, [0x10, 1, 1, ...Array<number>(14).fill(0), 0xe0, 0x00]), // two for AC: a run of empty blocks, one
    scan(components, 0, 0, 0),
    Buffer.alloc(Math.ceil((blocks * components.length) / 8)),
  ];
  const empty = emptyBlocks(blocks);
  for (let bit = 13; bit >= 0; bit--)
    for (let coefficient = 1; coefficient < 64; coefficient++)
      for (const component of components)
        parts.push(scan([component], coefficient, coefficient, bit === 13 ? 13 : ((bit + 1) << 4) | bit), empty);
  return Buffer.concat([...parts, Buffer.from([0xff, 0xd9])]);
}

/** A run is `0` and 14 bits, for 16,384 blocks and as many more as these say; a single one is `10`. */
function emptyBlocks(blocks: number): Buffer {
  let bits = '';
  for (let left = blocks; left > 0; ) {
    const run = Math.min(left, 32_767);
    if (run >= 16_384) bits += `0${(run - 16_384).toString(2).padStart(14, '0')}`;
    else bits += '10'.repeat(run);
    left -= run;
  }
  bits = bits.padEnd(Math.ceil(bits.length / 8) * 8, '1');
  const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  return Buffer.from(bytes.flatMap((byte) => (byte === 0xff ? [byte, 0] : [byte])));
}

/** Files of a few bytes that say that they are 50,000 pixels a side. */
export function huge(): Record<'jpeg' | 'png' | 'webp' | 'avif' | 'gif', Buffer> {
  const side = 50_000;
  const screen = latin1('GIF89a\0\0\0\0\x80\0\0\xff\0\0\0\0\xff\x2c\0\0\0\0\0\0\0\0\0\x02\x02\x44\x01\0\x3b');
  for (const at of [6, 8, 24, 26]) screen.writeUInt16LE(side, at);
  const frame = [8, side >> 8, side & 0xff, side >> 8, side & 0xff, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1];
  return {
    jpeg: Buffer.concat([
      Buffer.from([0xff, 0xd8]),
      segment(0xc0, frame),
      segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]),
      Buffer.from([0xff, 0xd9]),
    ]),
    png: Buffer.concat([
      SIGNATURE,
      chunk('IHDR', Buffer.concat([u32(side, side), Buffer.from([8, 2, 0, 0, 0])])),
      chunk('IDAT', deflateSync(Buffer.alloc(1000))),
      chunk('IEND', Buffer.alloc(0)),
    ]),
    webp: webp([['VP8X', canvas(side, side)]]),
    avif: Buffer.concat([
      ftyp('avif', 'mif1'),
      box('meta', u32(0), box('iprp', box('ipco', box('ispe', u32(0, side, side))))),
      box('mdat', u32(0)),
    ]),
    gif: screen,
  };
}

/** Pictures of up to 25 MB that hurt most, and what becomes of each: why it is refused, or nothing where it is taken. */
export const CORPUS: readonly {
  name: string;
  make: () => Buffer | Promise<Buffer>;
  problem?: 'too-heavy' | 'truncated';
}[] = [
  { name: 'half a megabyte of text that is 3 GB', make: () => textBomb('iTXt', 60), problem: 'too-heavy' },
  { name: '24 MB of text that is 25 GB', make: () => textBomb('zTXt', 3_100), problem: 'too-heavy' },
  { name: '2,647 scans of 50 megapixels', make: () => manyScans(7_070, 7_070), problem: 'too-heavy' },
  { name: '25 MB of boxes', make: () => manyBoxes(1_250_000), problem: 'truncated' },
  { name: '6,500,000 blocks of nothing in a JPEG', make: () => blocksOfNothing(6_500_000), problem: 'too-heavy' },
  { name: '1,600,000 frames in a GIF', make: () => manyFramesGif(1_600_000) },
  { name: '480,000 frames in a WebP', make: () => manyFramesWebp(480_000), problem: 'too-heavy' },
  {
    name: '50 megapixels of 16 bits, interlaced',
    make: () => blackPng({ width: 7_071, height: 7_071, depth: 16, alpha: true, interlaced: true }),
  },
  {
    name: '49 megapixels as an AVIF',
    make: () => noisy({ width: 7_000, height: 7_000 }).avif({ effort: 0 }).toBuffer(),
  },
];
