import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { createDecoder } from '../../src/media/pictures/decoder/decoder.ts';
import { makeSheet } from '../../src/media/pictures/sheet.ts';

const decoder = createDecoder();
afterAll(() => decoder.close());

const picture = (background: string, width = 320, height = 180): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer();

/** The colour in the middle of a cell, from 0 on. */
async function middleOf(sheet: Uint8Array, n: number): Promise<number[]> {
  const left = (n % 3) * 324 + 160;
  const top = Math.floor(n / 3) * 244 + 120;
  return [...(await sharp(sheet).extract({ left, top, width: 1, height: 1 }).raw().toBuffer())];
}

test('nine pictures stand three in a row, upright or not, and one that is gone or broken leaves its cell', async () => {
  const red = { bytes: await picture('#e02020'), isCovered: false };
  const green = { bytes: await picture('#20c040', 180, 320), isCovered: false };
  const cells = [red, green, { bytes: undefined, isCovered: false }, { bytes: Buffer.from('none'), isCovered: false }];
  const sheet = await makeSheet([...cells, red, red, green, green, red], decoder);
  expect(await sharp(sheet).metadata()).toMatchObject({ format: 'jpeg', width: 968, height: 728 });
  expect((await middleOf(sheet, 0))[0]).toBeGreaterThan(200);
  expect((await middleOf(sheet, 1))[1]).toBeGreaterThan(170);
  for (const empty of [2, 3]) expect(Math.max(...(await middleOf(sheet, empty)))).toBeLessThan(90);
  expect((await middleOf(sheet, 6))[1]).toBeGreaterThan(170);
});

test('fewer make a smaller sheet', async () => {
  const red = { bytes: await picture('#e02020'), isCovered: false };
  expect(await sharp(await makeSheet([red], decoder)).metadata()).toMatchObject({ width: 320, height: 240 });
  expect(await sharp(await makeSheet([red, red, red, red], decoder)).metadata()).toMatchObject({
    width: 968,
    height: 484,
  });
});

test('of a covered picture nothing can be made out', async () => {
  const stripes = Buffer.alloc(320 * 240 * 3);
  for (let x = 0; x < 320 * 240; x++) stripes.fill(Math.floor((x % 320) / 8) % 2 === 0 ? 0 : 255, x * 3, x * 3 + 3);
  const bytes = await sharp(stripes, { raw: { width: 320, height: 240, channels: 3 } })
    .jpeg()
    .toBuffer();
  const spread = async (isCovered: boolean): Promise<number> => {
    const sheet = await makeSheet([{ bytes, isCovered }], decoder);
    const { channels } = await sharp(sheet).extract({ left: 60, top: 100, width: 200, height: 100 }).stats();
    return channels[0]?.stdev ?? 0;
  };
  expect(await spread(false)).toBeGreaterThan(90);
  expect(await spread(true)).toBeLessThan(25);
});
