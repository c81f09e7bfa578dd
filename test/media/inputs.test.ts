import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { fitPicture } from '../../src/media/pictures/decoder/fit.ts';
import { alike, colourAt, LANDSCAPE, noisy, refusalOf, SIZES } from './fixtures.ts';

// Files that went wrong once.

const read = (name: string) => readFile(new URL(`inputs/${name}`, import.meta.url));
const shaped = async (file: Uint8Array) => {
  const fitted = await fitPicture(file, { fit: 'crop', sizes: SIZES });
  return { ...fitted, bytes: fitted.bytes ?? file };
};
const meansOf = async (picture: Uint8Array) =>
  (await sharp(picture).stats()).channels.map(({ mean }) => Math.round(mean));

test('a black logo on nothing, of exactly a clip’s size, lies on the ground that shows it', async () => {
  const { bytes, type, notes } = await shaped(await read('black-logo.png'));
  expect([type, notes]).toEqual(['image/jpeg', []]);
  expect(await colourAt(bytes, 0, 0)).toSatisfy((found: [number, number, number]) => alike(found, [255, 255, 255]));
  expect((await meansOf(bytes))[0]).toBeLessThan(240);
});

test('an animated AVIF gives its first frame', async () => {
  const { bytes, notes } = await shaped(await read('sequence.avif'));
  expect(notes).toMatchObject([{ type: 'first-frame' }, { type: 'cropped', from: { width: 900, height: 600 } }]);
  expect((await meansOf(bytes)).every((mean, n) => Math.abs(mean - ([129, 131, 103][n] ?? 0)) < 6)).toBe(true);
});

test('what a GIF’s first frame leaves free is see-through, not black', async () => {
  const { bytes } = await shaped(await read('first-frame-small.gif'));
  expect(await colourAt(bytes, 0.98, 0.98)).toSatisfy((found: [number, number, number]) =>
    alike(found, [255, 255, 255]),
  );
});

test('16 bits of grey are shown by their profile', async () => {
  expect(await meansOf((await shaped(await read('grey16-gamma18.png'))).bytes)).toEqual([146, 146, 146]);
});

test('a PNG of Apple’s own kind is called by its name', async () => {
  const file = await read('cgbi.png');
  expect(await refusalOf(() => shaped(file))).toEqual({ type: 'cgbi' });
});

test('a picture in which nothing can be seen is refused', async () => {
  const nothing = { create: { ...LANDSCAPE, channels: 4 as const, background: { r: 200, g: 0, b: 0, alpha: 0 } } };
  for (const format of ['png', 'webp', 'avif'] as const) {
    const file = await sharp(nothing)[format]().toBuffer();
    expect(await refusalOf(() => shaped(file)), format).toEqual({ type: 'invisible' });
  }
});

test('wide colours and 16 bits of exactly a clip’s size are converted', async () => {
  const red = sharp({ create: { ...LANDSCAPE, channels: 3, background: '#c83c28' } });
  for (const file of [
    await red.clone().withIccProfile('p3').jpeg().toBuffer(),
    await red.clone().withIccProfile('p3').webp().toBuffer(),
    await red.clone().toColourspace('rgb16').png().toBuffer(),
    await red.clone().toColourspace('rgb16').withIccProfile('p3').png().toBuffer(),
  ]) {
    const { bytes, type } = await shaped(file);
    expect([type, (await sharp(bytes).metadata()).hasProfile]).toEqual(['image/jpeg', false]);
    expect(await colourAt(bytes, 0.5, 0.5)).toSatisfy((found: [number, number, number]) =>
      alike(found, [200, 60, 40], 6),
    );
  }
});

const END = Buffer.from([0xff, 0xd9]);
const photo = { width: 900, height: 600 };
/** With codes made for it a plain part of it is zeros all over. */
const plain = () => sharp({ create: { ...photo, channels: 3, background: '#ffffff' } });

test.each<[string, () => Promise<Buffer>]>([
  ['without its end marker', async () => (await noisy(photo).jpeg().toBuffer()).subarray(0, -2)],
  ['without half of its end marker', async () => (await noisy(photo).jpeg().toBuffer()).subarray(0, -1)],
  [
    'progressive, without its end marker',
    async () => (await noisy(photo).jpeg({ progressive: true }).toBuffer()).subarray(0, -2),
  ],
  ['plain all over', () => plain().jpeg().toBuffer()],
  ['plain all over, without its end marker', async () => (await plain().jpeg().toBuffer()).subarray(0, -2)],
  [
    'with many zeros behind all of its pixels',
    async () => Buffer.concat([(await noisy(photo).jpeg().toBuffer()).subarray(0, -2), Buffer.alloc(5_000), END]),
  ],
  [
    'with a few stray bytes before its end',
    async () =>
      Buffer.concat([
        (await noisy(photo).jpeg({ progressive: true }).toBuffer()).subarray(0, -2),
        Buffer.alloc(3),
        END,
      ]),
  ],
])('a whole JPEG is taken: %s', async (_, make) => {
  expect(await shaped(await make())).toMatchObject({ original: photo, fitted: LANDSCAPE });
});

const halfOf = async (options = {}) => {
  const file = await noisy(photo).jpeg(options).toBuffer();
  return { half: file.subarray(0, file.length / 2), rest: file.length - Math.floor(file.length / 2) };
};
const FILLINGS: [string, (half: Buffer, rest: number) => Buffer][] = [
  ['nothing', (half) => half],
  ['an end marker', (half) => Buffer.concat([half, END])],
  ['zeros', (half, rest) => Buffer.concat([half, Buffer.alloc(rest)])],
  ['zeros and an end marker', (half, rest) => Buffer.concat([half, Buffer.alloc(rest), END])],
  ['one letter', (half, rest) => Buffer.concat([half, Buffer.alloc(rest, 'A')])],
];
test.each(
  FILLINGS.flatMap(([name, fill]) =>
    [{}, { progressive: true }, { chromaSubsampling: '4:4:4' }].map((options) => ({ name, fill, options })),
  ),
)('half a JPEG is refused: $options, then $name', async ({ fill, options }) => {
  const { half, rest } = await halfOf(options);
  expect(await refusalOf(() => shaped(fill(half, rest)))).toEqual({ type: 'truncated' });
});

test('a smooth JPEG of which little is filled is refused as well as one of which much is', async () => {
  const file = await noisy(photo).blur(4).jpeg().toBuffer();
  for (const share of [0.85, 0.9, 0.95, 0.97]) {
    const kept = file.subarray(0, file.length * share);
    const filled = Buffer.concat([kept, Buffer.alloc(file.length - kept.length, 'A')]);
    expect(await refusalOf(() => shaped(filled)), `${share}`).toEqual({ type: 'truncated' });
  }
});

test('half a JPEG of a clip’s size with an end marker is refused', async () => {
  const file = await noisy(LANDSCAPE).jpeg().toBuffer();
  expect(await refusalOf(() => shaped(Buffer.concat([file.subarray(0, file.length / 2), END])))).toEqual({
    type: 'truncated',
  });
});

test('stray bytes before its tables and a smaller copy in its EXIF make a photo no smaller', async () => {
  const small = await noisy({ width: 128, height: 115 }).jpeg().toBuffer();
  const exif = Buffer.concat([Buffer.from('Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0', 'latin1'), small]);
  const length = Buffer.from([(exif.length + 2) >> 8, (exif.length + 2) & 0xff]);
  const file = await noisy(photo).jpeg().toBuffer();
  const odd = Buffer.concat([
    file.subarray(0, 2),
    Buffer.from([0xff, 0xe1]),
    length,
    exif,
    Buffer.alloc(18, 7),
    file.subarray(2),
  ]);
  expect((await shaped(odd)).original).toEqual(photo);
});
