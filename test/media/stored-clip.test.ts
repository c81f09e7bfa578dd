import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkClip } from '../../src/media/clips/clip.ts';
import { storedClip } from '../../src/media/clips/stored-clip.ts';

const FILE = readFileSync(new URL('../fakes/clips/clip-1280x720-5s.mp4', import.meta.url));
const MIB = 1024 * 1024;

/** A store with one file, and the ranges that were read. */
function stored(file: Uint8Array) {
  const ranges: string[] = [];
  const clip = storedClip(file.length, async function* ({ start, end }) {
    ranges.push(`${start}-${end}`);
    yield file.subarray(start, Math.min(end, start + 1000));
    if (end > start + 1000) yield file.subarray(start + 1000, end);
  });
  return { ranges, clip };
}

test('a clip of less than a megabyte is read once for a check', async () => {
  const { ranges, clip } = stored(FILE);
  expect(await checkClip(clip, { durationSeconds: 5 })).toMatchObject({ outcome: 'playable' });
  expect(ranges).toEqual([`0-${FILE.length}`]);
});

test('each range is what lies there, also across windows and beyond the end', async () => {
  const file = Uint8Array.from({ length: 3 * MIB + 5 }, (_, at) => (at * 7 + (at >> 8)) % 251);
  const { clip } = stored(file);
  for (const [start, end] of [
    [0, 8],
    [MIB - 4, MIB],
    [MIB - 4, MIB + 4],
    [3 * MIB, 3 * MIB + 5],
    [10, 2 * MIB],
    [2 * MIB + 1, 2 * MIB + 9],
    [3 * MIB, 3 * MIB + 50],
    [0, 8],
  ] as const)
    expect(Buffer.compare(await clip.read(start, end), file.subarray(start, end))).toBe(0);
});

test('no more than two megabytes are kept', async () => {
  const { ranges, clip } = stored(new Uint8Array(4 * MIB));
  for (const at of [0, 1, 0, 2, 0, 1, 3, 1]) await clip.read(at * MIB, at * MIB + 8);
  expect(ranges.map((range) => Number(range.split('-')[0]) / MIB)).toEqual([0, 1, 2, 1, 3]);
});
