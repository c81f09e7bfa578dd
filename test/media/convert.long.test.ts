import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convertClip } from '../../src/media/clips/convert.ts';
import { findFfmpeg } from '../../src/media/ffmpeg/find.ts';
import { writeNoisyClip } from '../helpers/noisy-clip.ts';

const MB = 1024 * 1024;
let dir: string;
let ffmpeg: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-convert-'));
  ffmpeg = await findFfmpeg({});
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const clip = join(import.meta.dirname, '../fakes/clips/clip-1280x720-5s.mp4');
const tall = join(import.meta.dirname, '../fakes/clips/clip-720x1280-5s.mp4');

async function convert(
  from: string,
  format: 'gif' | 'webp',
  size: { width: number; height: number },
  maxBytes: number,
) {
  const to = join(dir, `to.${format}`);
  const signal = AbortSignal.timeout(60_000);
  const made = await convertClip({ ffmpeg, from, to, format, size, maxBytes, signal });
  if (made.outcome === 'failed') throw new Error(made.reason);
  return readFile(to);
}

describe.each(['gif', 'webp'] as const)('a clip as %s', (format) => {
  test.each([
    [clip, { width: 1280, height: 720 }],
    [tall, { width: 720, height: 1280 }],
  ])('moves as long as the clip, repeats for ever and keeps its shape', async (from, size) => {
    const bytes = await convert(from, format, size, 20 * MB);
    const {
      pages = 0,
      delay = [],
      loop,
      width = 0,
      pageHeight = 0,
      format: is,
    } = await sharp(bytes, { animated: true }).metadata();
    expect({ is, loop }).toEqual({ is: format, loop: 0 });
    expect(width / pageHeight).toBeCloseTo(size.width / size.height, 1);
    expect(pages).toBeGreaterThanOrEqual(10);
    const seconds = delay.reduce((sum, each) => sum + each, 0) / 1000;
    expect(seconds).toBeGreaterThan(4.5);
    expect(seconds).toBeLessThan(5.5);
  });

  test('becomes smaller until it fits, and says so where it never does', async () => {
    const noisy = join(dir, 'noisy.mp4');
    const size = { width: 480, height: 270 };
    await writeNoisyClip(ffmpeg, noisy, { size, seconds: 1 });
    const large = await convert(noisy, format, size, 100 * MB);
    const small = await convert(noisy, format, size, large.length - 1);
    expect(small.length).toBeLessThan(large.length);
    await expect(convert(noisy, format, size, 10_000)).rejects.toThrow(/instead of 10000/);
  });
});
