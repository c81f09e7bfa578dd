import { readFile } from 'node:fs/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { createDecoder } from '../../src/media/pictures/decoder/decoder.ts';
import { readHeader } from '../../src/media/pictures/decoder/header.ts';
import { decodeHeic } from '../../src/media/pictures/decoder/heic.ts';
import type { Size } from '../../src/task/picture.ts';
import { alike, box, CORNERS, type Colour, colourAt, ftyp, refusalOf, SIZES, u32 } from './fixtures.ts';

// Made with libheif's own heif-enc. All show a picture of 480×360 with `CORNERS` in its corners, or half of one.

const decoder = createDecoder();
afterAll(() => decoder.close());
const read = (name: string) => readFile(new URL(`inputs/${name}.heic`, import.meta.url));
const taken = async (file: Uint8Array, sizes: Size[] = SIZES) => {
  const fitted = await decoder.fit(() => [file], { fit: 'pad', sizes });
  return { ...fitted, bytes: fitted.bytes ?? file };
};
const own = { width: 480, height: 360 };
const is = (colour: Colour) => (found: Colour) => alike(found, colour, 12);

test.each(['plain', 'p3', 'ten', 'tiles'])('a HEIC is shown as it is meant: %s', async (name) => {
  const { bytes, original, type, notes } = await taken(await read(name), [own]);
  expect({ original, type, notes }).toEqual({ original: own, type: 'image/jpeg', notes: [] });
  expect(await colourAt(bytes, 0.05, 0.05)).toSatisfy(is(CORNERS.topLeft));
  expect(await colourAt(bytes, 0.95, 0.05)).toSatisfy(is(CORNERS.topRight));
  expect(await colourAt(bytes, 0.05, 0.95)).toSatisfy(is(CORNERS.bottomLeft));
  expect(await colourAt(bytes, 0.95, 0.95)).toSatisfy(is(CORNERS.bottomRight));
});

test.each([
  ['irot', 1, [360, 480], 'topRight'],
  ['irot', 2, [480, 360], 'bottomRight'],
  ['irot', 3, [360, 480], 'bottomLeft'],
  ['imir', 1, [480, 360], 'topRight'],
] as const)('a HEIC is turned once, as its property says: %s %i', async (type, data, [width, height], corner) => {
  const file = Buffer.from(await read('plain'));
  // In place of a property that nobody needs.
  for (let at = file.indexOf('pixi'); at >= 0; at = file.indexOf('pixi', at)) {
    file.write(type, at, 'latin1');
    file.writeUInt8(data, at + 4);
  }
  const { bytes, original } = await taken(file, [{ width, height }]);
  expect(original).toEqual({ width, height });
  expect(await colourAt(bytes, 0.05, 0.05)).toSatisfy(is(CORNERS[corner]));
});

test('a HEIC that can be seen through lies on a ground', async () => {
  const { bytes, fitted } = await taken(await read('alpha'));
  expect(fitted).toEqual(SIZES[0]);
  expect(await colourAt(bytes, 0.02, 0.5)).toSatisfy(is([255, 255, 255]));
  expect(await colourAt(bytes, 0.5, 0.5)).toSatisfy(is([32, 48, 128]));
});

test('a film behind a HEIC, as in a Live Photo, does not matter', async () => {
  const film = Buffer.concat([Buffer.from('\0\0\x10\0free', 'latin1'), Buffer.alloc(4_088, 7)]);
  expect((await taken(Buffer.concat([await read('plain'), film]))).original).toEqual(own);
});

test('a HEIC that was cut is refused, and one that is filled with zeros', async () => {
  const file = await read('plain');
  for (const share of [0.1, 0.5, 0.9]) {
    const cut = file.subarray(0, Math.floor(file.length * share));
    expect(await refusalOf(() => taken(cut)), `${share}`).toEqual({ type: 'truncated' });
    const filled = Buffer.concat([cut, Buffer.alloc(file.length - cut.length)]);
    if (share < 0.9) expect(await refusalOf(() => taken(filled)), `${share}`).toEqual({ type: 'truncated' });
  }
});

test('an AVIF of squares, too, is refused where some of them are missing', async () => {
  const file = await readFile(new URL('inputs/tiles.avif', import.meta.url));
  expect((await taken(file, [own])).original).toEqual(own);
  expect(await refusalOf(() => taken(file.subarray(0, file.length * 0.9)))).toEqual({ type: 'truncated' });
});

test('a HEIC of squares, as telephones make it, is refused where some of them are missing or broken', async () => {
  const file = await read('tiles');
  const hole = Buffer.from(file);
  hole.fill(0, 1_400, 2_200);
  for (const broken of [file.subarray(0, file.length * 0.9), file.subarray(0, (file.length * 2) / 3), hole])
    expect(await refusalOf(() => taken(broken)), `${broken.length} bytes`).toEqual({ type: 'truncated' });
});

test('a HEIC that says to be huge or tiny is refused by what it says', async () => {
  const file = await read('plain');
  const at = file.indexOf('ispe') + 8;
  for (const [side, problem] of [
    [20_000, 'too-many-pixels'],
    [100, 'too-small'],
  ] as const) {
    const lying = Buffer.from(file);
    for (let next = at - 8; next >= 0; next = lying.indexOf('ispe', next + 4)) {
      lying.writeUInt32BE(side, next + 8);
      lying.writeUInt32BE(side, next + 12);
    }
    expect((await refusalOf(() => taken(lying))).type).toBe(problem);
  }
});

describe('a HEIC of more pixels than are decoded is refused', () => {
  const told = (size: Size) => box('ispe', u32(0, size.width, size.height));
  /** Without pixels: what it says of them in its header, all of it of its only picture. */
  const saying = (...properties: Buffer[]) => {
    const all = Buffer.from([0, 1, properties.length, ...properties.map((_, n) => n + 1)]);
    const iprp = box('iprp', box('ipco', ...properties), box('ipma', u32(0, 1), all));
    return Buffer.concat([ftyp('heic', 'mif1'), box('meta', u32(0), box('pitm', u32(0), Buffer.from([0, 1])), iprp)]);
  };
  const large = { width: 20_000, height: 10_000 };
  const cut = box('clap', u32(640, 1, 480, 1, 0, 1, 0, 1));

  test('where it is cut down to fewer', async () => {
    expect(await readHeader(saying(told({ width: 1280, height: 720 }), cut))).toMatchObject({
      size: { width: 640, height: 480 },
    });
    expect(await refusalOf(() => readHeader(saying(told(large), cut)))).toMatchObject({ found: large });
    const twice = saying(told(own), told(large), cut);
    expect(await refusalOf(() => readHeader(twice))).toMatchObject({ type: 'too-many-pixels', found: large });
  });

  // 57.8 megapixels of one colour.
  test('where it says to have fewer', async () => {
    const file = await read('large');
    expect(await refusalOf(() => taken(file))).toMatchObject({ found: { width: 7_600, height: 7_600 } });
    // Whatever was read of its header.
    expect(await refusalOf(() => decodeHeic({ bytes: file, deep: false }))).toEqual({ type: 'truncated' });
    for (let at = file.indexOf('ispe'); at >= 0; at = file.indexOf('ispe', at + 4)) file.set(u32(480, 360), at + 8);
    expect((await readHeader(file)).size).toEqual(own);
    expect(await refusalOf(() => decodeHeic({ bytes: file, deep: false }))).toEqual({ type: 'truncated' });
  });
});
