import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { fitPicture } from '../../src/media/pictures/decoder/fit.ts';
import { cornered, refusalOf } from './fixtures.ts';

// What each picture shows is known, as it was made from that.

const SIZE = { width: 480, height: 360 };
const MAX_DIFFERENCE = 6;

type Make = (picture: Sharp) => Sharp;
const FORMATS: Record<string, Make> = {
  jpeg: (picture) => picture.jpeg({ quality: 92 }),
  'jpeg, progressive, 4:4:4': (picture) => picture.jpeg({ quality: 92, progressive: true, chromaSubsampling: '4:4:4' }),
  png: (picture) => picture.png(),
  'png, interlaced': (picture) => picture.png({ progressive: true }),
  webp: (picture) => picture.webp({ quality: 92 }),
  'webp, lossless': (picture) => picture.webp({ lossless: true }),
  avif: (picture) => picture.avif({ quality: 80, effort: 0 }),
  'avif, 10 bits': (picture) => picture.avif({ quality: 80, effort: 0, bitdepth: 10 }),
  'avif, 12 bits': (picture) => picture.avif({ quality: 80, effort: 0, bitdepth: 12 }),
};
const DEEP: Record<string, Make> = {
  'png, 16 bits': (picture) => picture.toColourspace('rgb16').png(),
  'png, 16 bits, interlaced': (picture) => picture.toColourspace('rgb16').png({ progressive: true }),
  'png, palette': (picture) => picture.png({ palette: true, colours: 256 }),
  gif: (picture) => picture.gif({ colours: 256, dither: 0 }),
};
const SEE_THROUGH = ['png', 'png, interlaced', 'webp', 'webp, lossless', 'avif', 'avif, 10 bits'];

let truth: Buffer;
beforeAll(async () => {
  truth = await cornered(SIZE).png().toBuffer();
});

/** Pixels that are upright when they are shown with an orientation. */
async function laid(orientation: number): Promise<Sharp> {
  const isMirrored = [2, 4, 5, 7].includes(orientation);
  const degrees = { 3: 180, 4: 180, 5: 90, 6: 270, 7: 270, 8: 90 }[orientation] ?? 0;
  const turned = await sharp(await sharp(truth).rotate(degrees).png().toBuffer())
    .flop(isMirrored)
    .png()
    .toBuffer();
  return sharp(turned).withMetadata({ orientation });
}

async function differenceOf(file: Uint8Array, wanted: Uint8Array = truth): Promise<number> {
  const { bytes = file, original } = await fitPicture(file, { fit: 'crop', sizes: [SIZE] });
  expect(original).toEqual(SIZE);
  const [one, other] = await Promise.all(
    [bytes, wanted].map((each) => sharp(each).removeAlpha().toColourspace('srgb').raw().toBuffer()),
  );
  let sum = 0;
  for (let at = 0; at < (one?.length ?? 0); at++) sum += Math.abs((one?.[at] ?? 0) - (other?.[at] ?? 0));
  return sum / (one?.length ?? 1);
}

describe('each format is shown as a reference shows it', () => {
  const ways = Object.entries(FORMATS).flatMap(([name, make]) =>
    [1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => ({ name, make, orientation })),
  );
  test.each(ways)('$name, orientation $orientation', async ({ make, orientation }) => {
    expect(await differenceOf(await make(await laid(orientation)).toBuffer())).toBeLessThan(MAX_DIFFERENCE);
  });

  test.each(Object.entries(DEEP))('%s', async (_, make) => {
    expect(await differenceOf(await make(sharp(truth)).toBuffer())).toBeLessThan(MAX_DIFFERENCE);
  });

  const profiled = Object.entries({ ...FORMATS, ...DEEP }).filter(
    ([name]) => name !== 'gif' && name !== 'png, palette',
  );
  test.each(profiled.flatMap(([name, make]) => ['srgb', 'p3'].map((profile) => ({ name, make, profile }))))(
    '$name with the profile $profile',
    async ({ make, profile }) => {
      const file = await make(sharp(truth).withIccProfile(profile)).toBuffer();
      expect(await differenceOf(file)).toBeLessThan(MAX_DIFFERENCE);
    },
  );

  test.each(
    Object.entries(FORMATS)
      .filter(([name]) => SEE_THROUGH.includes(name))
      .flatMap(([name, make]) => [1, 6].map((orientation) => ({ name, make, orientation }))),
  )('$name that can be seen through, orientation $orientation', async ({ make, orientation }) => {
    const hole = { create: { width: 200, height: 120, channels: 4 as const, background: '#000' } };
    const through = await sharp(truth)
      .ensureAlpha()
      .composite([{ input: hole, left: 140, top: 120, blend: 'dest-out' }])
      .png()
      .toBuffer();
    const flat = await sharp(through).flatten({ background: '#fff' }).png().toBuffer();
    const file = await make(
      orientation === 1
        ? sharp(through)
        : sharp(await sharp(through).rotate(270).png().toBuffer()).withMetadata({ orientation }),
    ).toBuffer();
    expect(await differenceOf(file, flat)).toBeLessThan(MAX_DIFFERENCE);
  });
});

describe('what was cut is refused as that', () => {
  const cuts: [string, (file: Buffer) => Buffer][] = [
    ['half of it is missing', (file) => file.subarray(0, file.length / 2)],
    [
      'half of it is zeros',
      (file) => Buffer.concat([file.subarray(0, file.length / 2), Buffer.alloc(Math.ceil(file.length / 2))]),
    ],
    ['a tenth is missing', (file) => file.subarray(0, file.length * 0.9)],
  ];
  const all = Object.entries({ ...FORMATS, ...DEEP }).flatMap(([name, make]) =>
    cuts.map(([what, cut]) => ({ name, make, what, cut })),
  );
  test.each(all)('$name: $what', async ({ make, cut }) => {
    const file = await make(sharp(truth)).toBuffer();
    expect(await refusalOf(() => fitPicture(cut(file), { fit: 'crop', sizes: [SIZE] }))).toEqual({ type: 'truncated' });
  });
});
