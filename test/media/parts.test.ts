import { expect, test } from 'vitest';
import { fitPicture } from '../../src/media/pictures/decoder/fit.ts';
import { computedMs, refusalOf, SIZES } from './fixtures.ts';
import { manyParts } from './hostile.ts';

// Alone in its file, because the peak of memory is the process's.

const MANY = 2_000_000;
const few = await manyParts(100);
const many = await manyParts(MANY);
const fitted = (file: Uint8Array) => fitPicture(file, { fit: 'crop', sizes: SIZES });

test.each(Object.keys(many))('a file of two million parts is refused before they take anything, %s', async (name) => {
  const file = many[name] ?? Buffer.of();
  const [before, began] = [process.resourceUsage().maxRSS, computedMs()];
  expect(await refusalOf(() => fitted(file))).toEqual({ type: 'too-heavy' });
  expect(process.resourceUsage().maxRSS - before, 'kilobytes').toBeLessThan(96 * 1024);
  expect(computedMs() - began).toBeLessThan(1_500);
});

test.each(Object.keys(few).filter((name) => !name.startsWith('HEIC') && !name.includes('nothing')))(
  'a hundred of them do not matter, %s',
  async (name) => {
    expect(await fitted(few[name] ?? Buffer.of())).toMatchObject({ original: SIZES[0], fitted: SIZES[0] });
  },
);
