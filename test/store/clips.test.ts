import { expect, it } from 'vitest';
import { type Cut, idsWithWords, MAX_LOOKED_THROUGH } from '../../src/store/clips.ts';

/** So many scenes, the newest first; those whose number is in the list are of the sea. */
function scenes(count: number, sea: readonly number[]) {
  const asked: number[] = [];
  const read = (limit: number, before: Cut | undefined) => {
    const from = before === undefined ? 0 : Number(before.id) + 1;
    asked.push(limit);
    return Array.from({ length: Math.min(limit, count - from) }, (_, i) => {
      const n = from + i;
      return { id: `${n}`, createdAt: -n, scene: sea.includes(n) ? 'The SEA rises' : 'hay' };
    });
  };
  return { read, looked: () => asked.reduce((sum, each) => sum + each, 0) };
}

it('words are looked for until a page is full, and no further', async () => {
  const { read, looked } = scenes(100_000, [3, 700, 701, 2_000]);
  expect(await idsWithWords(['sea', 'rise'], { limit: 2 }, read)).toEqual(['3', '700']);
  expect(looked()).toBeLessThanOrEqual(1_000);
});

it('words are looked for so far for each page', async () => {
  const { read, looked } = scenes(100_000, [MAX_LOOKED_THROUGH - 1, MAX_LOOKED_THROUGH]);
  expect(await idsWithWords(['sea'], { limit: 9 }, read)).toEqual([`${MAX_LOOKED_THROUGH - 1}`]);
  expect(looked()).toBe(MAX_LOOKED_THROUGH);
});

it('words are looked for to the last scene', async () => {
  const { read, looked } = scenes(1_200, [1_199]);
  expect(await idsWithWords(['sea'], { limit: 9 }, read)).toEqual(['1199']);
  expect(looked()).toBe(1_500);
  expect(await idsWithWords(['sea'], { limit: 0 }, read)).toEqual([]);
});
