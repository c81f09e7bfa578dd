import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { BadPicture } from '../../src/media/pictures/bad-picture.ts';
import { fitPicture } from '../../src/media/pictures/decoder/fit.ts';
import type { Fit, Size } from '../../src/task/picture.ts';
import {
  alike,
  CORNERS,
  type Colour,
  colourAt,
  cornered,
  encode,
  FORMATS,
  flat,
  LANDSCAPE,
  noisy,
  PORTRAIT,
  refusalOf,
  SIZES,
  u32,
} from './fixtures.ts';

async function fitTo(file: Uint8Array, fit: Fit) {
  const fitted = await fitPicture(file, { fit, sizes: SIZES });
  return { ...fitted, bytes: fitted.bytes ?? file, untouched: fitted.bytes === undefined };
}

/** Expects every corner where it belongs, at these shares of the picture's sides. */
async function expectCorners(picture: Uint8Array, near: { x: number; y: number }): Promise<void> {
  const at = { topLeft: [near.x, near.y], topRight: [1 - near.x, near.y] } as const;
  const below = { bottomLeft: [near.x, 1 - near.y], bottomRight: [1 - near.x, 1 - near.y] } as const;
  for (const [name, [x, y]] of Object.entries({ ...at, ...below })) {
    const wanted = CORNERS[name as keyof typeof CORNERS];
    expect(await colourAt(picture, x, y), name).toSatisfy((found: Colour) => alike(found, wanted));
  }
}

async function sizeOf(picture: Uint8Array): Promise<Size> {
  const { width, height } = await sharp(picture).metadata();
  return { width, height };
}

describe('a picture of exactly a wanted size', () => {
  test.each(
    (['jpeg', 'png', 'webp'] as const).flatMap((format) =>
      SIZES.map((size) => ({ format, ...size, fit: format === 'jpeg' ? ('crop' as const) : ('strict' as const) })),
    ),
  )('passes untouched as $format of $width×$height under $fit', async ({ format, width, height, fit }) => {
    const picture = await encode(cornered({ width, height }), format);
    expect(await fitTo(picture, fit)).toEqual({
      bytes: picture,
      type: `image/${format}`,
      thumbnail: expect.any(Uint8Array),
      original: { width, height },
      fitted: { width, height },
      untouched: true,
      notes: [],
    });
  });

  test.each(['avif', 'gif'] as const)('becomes a JPEG where it is %s, and there is nothing to tell', async (format) => {
    const fitted = await fitTo(await encode(cornered(LANDSCAPE), format), 'strict');
    expect(fitted).toMatchObject({
      type: 'image/jpeg',
      original: LANDSCAPE,
      fitted: LANDSCAPE,
      untouched: false,
      notes: [],
    });
    await expectCorners(fitted.bytes, { x: 0.05, y: 0.05 });
  });

  test.each(['jpeg', 'png', 'webp'] as const)('is refused where the end of its %s is missing', async (format) => {
    const picture = await noisy(LANDSCAPE)[format]().toBuffer();
    const cut = picture.subarray(0, Math.floor(picture.length * 0.98));
    expect(await refusalOf(() => fitTo(cut, 'strict'))).toEqual({ type: 'truncated' });
  });

  test('does not pass untouched where it is shown turned', async () => {
    const lying = await cornered(LANDSCAPE).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const fitted = await fitTo(lying, 'strict');
    expect(fitted).toMatchObject({ original: PORTRAIT, fitted: PORTRAIT, notes: [{ type: 'upright' }] });
    expect(await sizeOf(fitted.bytes)).toEqual(PORTRAIT);
  });
});

describe('a picture of another shape', () => {
  test.each([
    { from: { width: 800, height: 600 }, to: LANDSCAPE, type: 'cropped' },
    { from: { width: 600, height: 800 }, to: PORTRAIT, type: 'cropped' },
    { from: { width: 500, height: 500 }, to: LANDSCAPE, type: 'cropped' },
    { from: { width: 501, height: 500 }, to: LANDSCAPE, type: 'cropped' },
    { from: { width: 500, height: 501 }, to: PORTRAIT, type: 'cropped' },
    { from: { width: 1920, height: 1080 }, to: LANDSCAPE, type: 'resized' },
    { from: { width: 640, height: 360 }, to: LANDSCAPE, type: 'resized' },
    { from: { width: 1366, height: 768 }, to: LANDSCAPE, type: 'resized' },
    { from: { width: 1279, height: 720 }, to: LANDSCAPE, type: 'resized' },
    { from: { width: 360, height: 640 }, to: PORTRAIT, type: 'resized' },
    { from: { width: 2000, height: 320 }, to: LANDSCAPE, type: 'cropped' },
    { from: { width: 320, height: 9000 }, to: PORTRAIT, type: 'cropped' },
  ])('$from.width×$from.height is $type to $to.width×$to.height', async ({ from, to, type }) => {
    const fitted = await fitTo(await cornered(from).jpeg().toBuffer(), 'crop');
    expect(fitted).toMatchObject({ type: 'image/jpeg', original: from, fitted: to, notes: [{ type, from }] });
    expect(await sizeOf(fitted.bytes)).toEqual(to);
  });

  test.each(FORMATS)('is taken as %s', async (format) => {
    const from = { width: 700, height: 600 };
    const fitted = await fitTo(await encode(cornered(from), format), 'crop');
    expect(fitted).toMatchObject({ original: from, fitted: LANDSCAPE, notes: [{ type: 'cropped', from }] });
    expect(await sizeOf(fitted.bytes)).toEqual(LANDSCAPE);
  });

  test.each([
    ['the left', { width: 1800, height: 700 }, LANDSCAPE, { x: 0.2, y: 0.5 }, 0, ['topLeft', 'bottomLeft']],
    ['the right', { width: 1800, height: 700 }, PORTRAIT, { x: 1, y: 0 }, 1, ['topRight', 'bottomRight']],
    ['the top', { width: 700, height: 1800 }, LANDSCAPE, { x: 0.5, y: 0 }, 0, ['topLeft', 'topRight']],
    ['the end of a ribbon', { width: 9000, height: 320 }, PORTRAIT, { x: 1, y: 0.5 }, 1, ['topRight', 'bottomRight']],
  ] as const)('is cut to %s where that was chosen', async (_, from, to, focus, atStart, kept) => {
    const { bytes, notes } = await fitPicture(await encode(cornered(from), 'png'), { fit: 'crop', sizes: [to], focus });
    expect(notes).toEqual([{ type: 'cropped', from, atStart }]);
    const corners = {
      topLeft: [0.01, 0.01],
      topRight: [0.99, 0.01],
      bottomLeft: [0.01, 0.99],
      bottomRight: [0.99, 0.99],
    };
    for (const [name, [x = 0, y = 0]] of Object.entries(corners)) {
      const found = await colourAt(bytes ?? Buffer.of(), x, y);
      const isThere = alike(found, CORNERS[name as keyof typeof CORNERS]);
      expect([name, isThere]).toEqual([name, kept.some((each) => each === name)]);
    }
  });

  test('is cut away from what draws the eye', async () => {
    const eye = { create: { width: 200, height: 200, channels: 3 as const, background: '#e6a078' } };
    for (const [left, atStart] of [
      [100, 0],
      [2600, 1],
    ] as const) {
      const panorama = await flat({ width: 2900, height: 700 }, '#5a6068')
        .composite([{ input: eye, left, top: 250 }])
        .png()
        .toBuffer();
      const { bytes, notes } = await fitTo(panorama, 'crop');
      const [note] = notes;
      // Nearly all of what is gone lay on the other side.
      expect(note?.type === 'cropped' && note.atStart).toBeCloseTo(atStart, 0);
      const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
      let skin = 0;
      for (let at = 0; at < data.length; at += info.channels) if ((data[at] ?? 0) > 200) skin++;
      expect(skin / (info.width * info.height)).toBeGreaterThan(0.035); // whole, it is 4.5 % of the crop
    }
  });

  test('is refused under 320 px a side also where only the decoder knows', async () => {
    const found = { width: 500, height: 300 };
    const file = await encode(flat(found, '#345'), 'avif');
    expect(await refusalOf(() => fitTo(file, 'crop'))).toEqual({ type: 'too-small', found, minSide: 320 });
  });

  test('is refused under strict, saying the size found and the sizes wanted', async () => {
    const found = { width: 1920, height: 1080 };
    const refusal = await refusalOf(async () => fitTo(await flat(found, '#345').png().toBuffer(), 'strict'));
    expect(refusal).toEqual({ type: 'wrong-size', found, wanted: SIZES });
  });
});

describe('padding', () => {
  test.each([
    { from: { width: 800, height: 600 }, to: LANDSCAPE, near: { x: 0.15, y: 0.05 } },
    { from: { width: 400, height: 1600 }, to: PORTRAIT, near: { x: 0.3, y: 0.02 } },
    { from: { width: 3000, height: 500 }, to: LANDSCAPE, near: { x: 0.02, y: 0.37 } },
  ])('shows all of $from.width×$from.height', async ({ from, to, near }) => {
    const fitted = await fitTo(await cornered(from).png().toBuffer(), 'pad');
    expect(fitted).toMatchObject({ fitted: to, notes: [{ type: 'padded', from }] });
    expect(await sizeOf(fitted.bytes)).toEqual(to);
    await expectCorners(fitted.bytes, near);
  });

  test('fills the edges with the picture itself, darker', async () => {
    const fitted = await fitTo(await flat({ width: 600, height: 600 }, '#5a82c8').png().toBuffer(), 'pad');
    expect(alike(await colourAt(fitted.bytes, 0.02, 0.5), [63, 91, 140])).toBe(true); // 70 % of it
    expect(alike(await colourAt(fitted.bytes, 0.5, 0.5), [90, 130, 200])).toBe(true);
  });

  test('only resizes what has the right shape already', async () => {
    const from = { width: 1920, height: 1088 };
    const { notes } = await fitTo(await flat(from, '#345').png().toBuffer(), 'pad');
    expect(notes).toEqual([{ type: 'resized', from }]);
  });

  test('takes the bytes of a very long picture without losing it', async () => {
    const fitted = await fitTo(await flat({ width: 20_000, height: 330 }, '#5a82c8').png().toBuffer(), 'pad');
    expect(await sizeOf(fitted.bytes)).toEqual(LANDSCAPE);
    expect(alike(await colourAt(fitted.bytes, 0.5, 0.5), [90, 130, 200])).toBe(true);
  });
});

describe('a picture that lies turned in its file', () => {
  const upright = { width: 900, height: 600 };
  /** Pixels that, shown with this orientation, are upright: https://www.cipa.jp/std/documents/e/DC-008-Translation-2019-E.pdf, 4.6.4 A */
  const laid: Record<number, (picture: Buffer) => Promise<Buffer>> = {
    1: async (picture) => picture,
    2: (picture) => sharp(picture).flop().png().toBuffer(),
    3: (picture) => sharp(picture).rotate(180).png().toBuffer(),
    4: (picture) => sharp(picture).flip().png().toBuffer(),
    5: async (picture) =>
      sharp(await sharp(picture).rotate(270).png().toBuffer())
        .flip()
        .png()
        .toBuffer(),
    6: (picture) => sharp(picture).rotate(270).png().toBuffer(),
    7: async (picture) =>
      sharp(await sharp(picture).rotate(90).png().toBuffer())
        .flip()
        .png()
        .toBuffer(),
    8: (picture) => sharp(picture).rotate(90).png().toBuffer(),
  };

  test.each(
    Object.keys(laid).flatMap((key) => {
      const orientation = Number(key);
      const also = orientation === 6 ? (['png', 'webp'] as const) : [];
      return (['jpeg', 'avif', ...also] as const).map((format) => ({ format, orientation }));
    }),
  )('is shown upright: $format, orientation $orientation', async ({ format, orientation }) => {
    const lay = laid[orientation];
    if (!lay) throw new Error('no such orientation');
    const pixels = await lay(await cornered(upright).png().toBuffer());
    const file = await encode(sharp(pixels).withMetadata({ orientation }), format);
    const { bytes, original, notes } = await fitTo(file, 'pad');
    expect(original).toEqual(upright);
    // An AVIF turns by itself, as part of decoding; there is nothing that was done.
    expect(notes.some(({ type }) => type === 'upright')).toBe(orientation !== 1 && format !== 'avif');
    await expectCorners(bytes, { x: 0.1, y: 0.05 });
    expect((await sharp(bytes).metadata()).orientation).toBeUndefined();
  });

  test('is told first, then what else was done', async () => {
    const file = await cornered(upright).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { notes } = await fitTo(file, 'crop');
    expect(notes).toMatchObject([{ type: 'upright' }, { type: 'cropped', from: { width: 600, height: 900 } }]);
  });
});

describe('a moving picture', () => {
  const frames = () =>
    Promise.all(['#c03030', '#30c030', '#3030c0'].map((colour) => flat(LANDSCAPE, colour).png().toBuffer()));

  test.each(['gif', 'webp'] as const)('gives its first frame: %s', async (format) => {
    const animation = await sharp(await frames(), { join: { animated: true } })
      [format]()
      .toBuffer();
    const fitted = await fitTo(animation, 'strict');
    expect(fitted).toMatchObject({ type: 'image/jpeg', original: LANDSCAPE, notes: [{ type: 'first-frame' }] });
    expect(alike(await colourAt(fitted.bytes, 0.5, 0.5), [192, 48, 48])).toBe(true);
  });

  test('gives its first frame: PNG, which is not passed untouched', async () => {
    const still = await flat(LANDSCAPE, '#c03030').png().toBuffer();
    const named = Buffer.concat([Buffer.from('acTL'), u32(2, 0)]);
    const control = Buffer.concat([u32(8), named, u32(crc32(named))]);
    const animation = Buffer.concat([still.subarray(0, 33), control, still.subarray(33)]); // after signature and IHDR
    const fitted = await fitTo(animation, 'crop');
    expect(fitted).toMatchObject({ type: 'image/jpeg', notes: [{ type: 'first-frame' }] });
  });

  test('of many frames costs no more memory than one', async () => {
    const frame = Buffer.from('2c0000000001000100000202440100', 'hex'); // one pixel
    const still = await flat({ width: 400, height: 400 }, '#c03030').gif().toBuffer();
    const animation = Buffer.concat([still.subarray(0, -1), ...Array(100_000).fill(frame), Buffer.from(';')]);
    const { notes } = await fitTo(animation, 'crop');
    expect(notes[0]).toEqual({ type: 'first-frame' });
  });
});

describe('a transparent picture', () => {
  const logo = (colour: string) =>
    sharp(
      Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600">
        <circle cx="400" cy="300" r="200" fill="${colour}"/></svg>`),
    );

  test.each(['png', 'webp', 'avif', 'gif'] as const)('lies on white: %s', async (format) => {
    const fitted = await fitTo(await encode(logo('#203080'), format), 'crop');
    expect(alike(await colourAt(fitted.bytes, 0.02, 0.5), [255, 255, 255])).toBe(true);
    expect(alike(await colourAt(fitted.bytes, 0.5, 0.5), [32, 48, 128])).toBe(true);
  });

  test('lies on a dark ground where white would swallow it', async () => {
    const fitted = await fitTo(await logo('#ffffff').png().toBuffer(), 'crop');
    expect(alike(await colourAt(fitted.bytes, 0.02, 0.5), [28, 28, 30])).toBe(true);
    expect(alike(await colourAt(fitted.bytes, 0.5, 0.5), [255, 255, 255])).toBe(true);
  });

  test('is padded like any other where nothing of it can be seen through', async () => {
    const opaque = await flat({ width: 600, height: 600 }, '#5a82c8').ensureAlpha().png().toBuffer();
    expect(await colourAt((await fitTo(opaque, 'pad')).bytes, 0.02, 0.5)).toSatisfy((found: Colour) =>
      alike(found, [63, 91, 140]),
    );
  });

  test('is padded with more of its ground, without a seam', async () => {
    const fitted = await fitTo(await logo('#203080').png().toBuffer(), 'pad');
    for (const across of [0, 0.124, 0.126, 0.874, 0.876, 1]) {
      expect(alike(await colourAt(fitted.bytes, across, 0.5), [255, 255, 255], 2)).toBe(true);
    }
  });
});

describe('colours come out as they were shown', () => {
  const red = () => flat({ width: 1000, height: 800 }, '#c83c28');
  test.each([
    ['8 bits, no profile', () => red().png(), [200, 60, 40]],
    ['Display P3', () => red().withIccProfile('p3').jpeg(), [200, 60, 40]],
    ['16 bits', () => red().toColourspace('rgb16').png(), [200, 60, 40]],
    ['16 bits in Display P3', () => red().toColourspace('rgb16').withIccProfile('p3').png(), [200, 60, 40]],
    ['10 bits', () => red().avif({ bitdepth: 10, effort: 0 }), [200, 60, 40]],
    ['a palette', () => red().png({ palette: true }), [200, 60, 40]],
    ['CMYK', () => red().toColourspace('cmyk').jpeg(), [200, 47, 13]],
    ['CMYK with a profile', () => red().withIccProfile('cmyk').jpeg(), [195, 55, 19]],
    ['grey', () => red().toColourspace('b-w').jpeg(), [110, 110, 110]],
    ['16 bits of grey', () => red().toColourspace('grey16').png(), [110, 110, 110]],
  ] as const)('%s', async (_, make, colour) => {
    const file = await make().toBuffer();
    for (const fit of ['crop', 'pad'] as const) {
      const { bytes } = await fitTo(file, fit);
      expect(await sharp(bytes).metadata()).toMatchObject({
        space: 'srgb',
        channels: 3,
        depth: 'uchar',
        hasProfile: false,
      });
      const found = await colourAt(bytes, 0.5, 0.5);
      expect(alike(found, colour, 6), `${fit}: ${found}`).toBe(true);
    }
  });
});

test('where and with what a picture was taken is not passed on', async () => {
  const file = await flat({ width: 900, height: 600 }, '#345')
    .withExif({
      IFD0: { Make: 'Some Camera', Copyright: 'Somebody' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100' },
    })
    .withXmp(
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>',
    )
    .jpeg()
    .toBuffer();
  expect((await sharp(file).metadata()).exif).toBeDefined();
  const { bytes } = await fitTo(file, 'crop');
  const { exif, xmp, iptc, icc } = await sharp(bytes).metadata();
  expect({ exif, xmp, iptc, icc }).toEqual({});
  expect(Buffer.from(bytes).includes('Some Camera')).toBe(false);
});

describe('a picture of exactly a wanted size tells of nothing but its pixels', () => {
  const [CAMERA, PLACE] = ['Some Camera 3000', '51/1 30/1 3230/100'];
  const told = () =>
    noisy(LANDSCAPE)
      .withExif({ IFD0: { Make: CAMERA }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: PLACE } })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><where>Some Camera 3000</where></x:xmpmeta>')
      .withIccProfile('srgb');
  const pixelsOf = (file: Uint8Array) => sharp(file).raw().toBuffer();

  test.each(['jpeg', 'png', 'webp'] as const)(
    'of a %s the pixels are the same, and the file its own',
    async (format) => {
      const file = await told()[format]().toBuffer();
      expect((await sharp(file).metadata()).exif).toBeDefined();
      const fitted = await fitTo(file, 'strict');
      expect(fitted).toMatchObject({ isItself: true, type: `image/${format}`, notes: [] });
      const { exif, xmp, iptc, icc } = await sharp(fitted.bytes).metadata();
      expect({ exif, xmp, iptc }).toEqual({});
      expect(icc).toBeDefined();
      expect(Buffer.from(fitted.bytes).includes(CAMERA)).toBe(false);
      expect((await pixelsOf(fitted.bytes)).equals(await pixelsOf(file))).toBe(true);
      // Once more there is nothing to lose.
      expect((await fitTo(fitted.bytes, 'strict')).untouched).toBe(true);
    },
  );

  test('what is written beside the pixels goes, also behind the end', async () => {
    const jpeg = await noisy(LANDSCAPE).jpeg({ progressive: true }).toBuffer();
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 2 + CAMERA.length]), Buffer.from(CAMERA)]);
    const file = Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2), Buffer.from(CAMERA)]);
    const fitted = await fitTo(file, 'crop');
    expect(fitted.isItself).toBe(true);
    expect(Buffer.from(fitted.bytes).equals(jpeg)).toBe(true);
    const png = await noisy(LANDSCAPE).png().toBuffer();
    expect(Buffer.from((await fitTo(Buffer.concat([png, Buffer.from(CAMERA)]), 'crop')).bytes).equals(png)).toBe(true);
  });

  test('one with stray bytes between its parts passes without them', async () => {
    const jpeg = await told().jpeg().toBuffer();
    const file = Buffer.concat([jpeg.subarray(0, 20), Buffer.alloc(3), jpeg.subarray(20)]);
    const fitted = await fitTo(file, 'crop');
    expect(fitted).toMatchObject({ isItself: true, type: 'image/jpeg', notes: [] });
    expect(Buffer.from(fitted.bytes).includes(CAMERA)).toBe(false);
    expect((await pixelsOf(fitted.bytes)).equals(await pixelsOf(jpeg))).toBe(true);
  });

  test('one that is not built as its kind is made anew', async () => {
    const png = await told().png().toBuffer();
    const fitted = await fitTo(png.subarray(0, -12), 'crop'); // without its last chunk
    expect(fitted).toMatchObject({ untouched: false, type: 'image/jpeg' });
    expect(fitted.isItself).toBeUndefined();
    expect(Buffer.from(fitted.bytes).includes(CAMERA)).toBe(false);
  });
});

describe('a picture that is merely odd is taken', () => {
  const size = { width: 700, height: 600 };
  /** More bytes behind the first block of a JPEG, which is 20 bytes long. */
  const inserted = (jpeg: Buffer, ...bytes: number[]) =>
    Buffer.concat([jpeg.subarray(0, 20), Buffer.from(bytes), jpeg.subarray(20)]);

  /** It promises nine entries and ends; `image-size` falls over it. */
  const halfExif = Buffer.from('\xff\xe1\0\x12Exif\0\0MM\0*\0\0\0\x08\0\x09', 'latin1');

  test.each<[string, () => Promise<Buffer>]>([
    [
      'with a film behind the photo',
      async () => Buffer.concat([await noisy(size).jpeg().toBuffer(), Buffer.alloc(50_000, 7)]),
    ],
    ['with stray bytes between its blocks', async () => inserted(await noisy(size).jpeg().toBuffer(), 0, 0, 0)],
    ['with half an EXIF block', async () => inserted(await noisy(size).jpeg().toBuffer(), ...halfExif)],
    ['without the last byte of its GIF', async () => (await encode(noisy(size), 'gif')).subarray(0, -1)],
    ['without the last chunk of its PNG', async () => (await noisy(size).png().toBuffer()).subarray(0, -12)],
  ])('%s', async (_, make) => {
    expect(await fitTo(await make(), 'crop')).toMatchObject({ original: size, fitted: LANDSCAPE });
  });
});

describe('broken pictures', () => {
  const size = { width: 360, height: 330 };
  let files: Buffer[] = [];
  beforeAll(async () => {
    files = await Promise.all([
      ...FORMATS.map((format) => encode(noisy(size), format)),
      noisy(size).jpeg({ progressive: true }).toBuffer(),
      noisy(size).png({ progressive: true }).toBuffer(),
    ]);
  });

  /** Fits, or says that the picture is bad; nothing else, and never another size. */
  async function fitsOrIsRefused(bytes: Uint8Array): Promise<boolean> {
    try {
      expect(await sizeOf((await fitTo(bytes, 'pad')).bytes)).toEqual(LANDSCAPE);
      return true;
    } catch (error) {
      expect(error).toBeInstanceOf(BadPicture);
      return false;
    }
  }

  test('a picture with its second half missing is refused as cut, whatever its type', async () => {
    for (const file of files) {
      const half = file.subarray(0, Math.floor(file.length / 2));
      expect(await refusalOf(() => fitTo(half, 'crop'))).toEqual({ type: 'truncated' });
    }
  });

  test('a picture cut anywhere is refused, or had lost nothing that can be seen', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(files.length - 1), fc.double({ min: 0, max: 1, noNaN: true }), async (which, share) => {
        const file = files[which] ?? Buffer.alloc(0);
        const length = Math.floor(share * file.length);
        if (await fitsOrIsRefused(file.subarray(0, length))) expect(file.length - length).toBeLessThan(64);
      }),
      { numRuns: 150 },
    );
  });

  test('a picture with wrong bytes in it is refused or fitted', async () => {
    const wrongByte = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(
        fc.nat(files.length - 1),
        fc.array(wrongByte, { minLength: 1, maxLength: 8 }),
        async (which, wrong) => {
          const file = Buffer.from(files[which] ?? []);
          for (const [share, byte] of wrong) file[Math.floor(share ** 3 * file.length)] = byte; // most of them in the header
          await fitsOrIsRefused(file);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a picture with more pixels than a size has', () => {
  const wide = { width: 640, height: 360 };
  const fitFiner = async (from: Size, fit: Fit) => {
    const options = { fit, sizes: [wide], oversample: 2 };
    const { bytes = Buffer.of(), fitted } = await fitPicture(await noisy(from).png().toBuffer(), options);
    return { size: await sizeOf(bytes), fitted };
  };

  test.each([
    ['as many more as are asked for', { width: 1600, height: 900 }, 'crop', { width: 1280, height: 720 }],
    ['no more than it has', { width: 960, height: 800 }, 'crop', { width: 960, height: 540 }],
    ['no more than it has, within edges', { width: 800, height: 500 }, 'pad', { width: 888, height: 500 }],
  ] as const)('keeps %s, and is of that size all the same', async (_, from, fit, size) => {
    expect(await fitFiner(from, fit)).toEqual({ size, fitted: wide });
  });
});
