import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkClip } from '../../src/media/clips/clip.ts';
import { loopClip } from '../../src/media/clips/loop.ts';
import { findFfmpeg } from '../../src/media/ffmpeg/find.ts';
import { greyFramesOf, outputOf } from './grey-frames.ts';

const MB = 1024 * 1024;
const LANDSCAPE = { width: 1280, height: 720 };

let dir: string;
let ffmpeg: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-loop-'));
  ffmpeg = await findFfmpeg({});
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const run = (args: string[]): Promise<Buffer> => outputOf(ffmpeg, args);
const framesOf = (path: string): Promise<Buffer[]> => greyFramesOf(ffmpeg, path);

/** The mean difference of two frames, in levels. */
function difference(a: Buffer | undefined, b: Buffer | undefined): number {
  if (!a || !b) throw new Error('no such frame');
  return a.reduce((sum, level, n) => sum + Math.abs(level - (b[n] ?? 0)), 0) / a.length;
}

/** A clip in which each frame is another: a picture that wanders and grows brighter. */
async function wandering(name: string, { frames, size }: { frames: number; size: string }): Promise<string> {
  const path = join(dir, name);
  const source = `testsrc2=s=${size}:r=24,eq=brightness='0.3*t/2':eval=frame`;
  await run(['-f', 'lavfi', '-i', source, '-frames:v', `${frames}`, '-pix_fmt', 'yuv420p', '-y', path]);
  return path;
}

async function looped(
  from: string,
  {
    size = LANDSCAPE,
    durationMs,
    maxBytes = 20 * MB,
  }: { size?: typeof LANDSCAPE; durationMs: number; maxBytes?: number },
) {
  const to = join(dir, 'to.mp4');
  const signal = AbortSignal.timeout(120_000);
  return { to, made: await loopClip({ ffmpeg, from, to, clip: { size, durationMs }, maxBytes, signal }) };
}

describe('a clip there and back', () => {
  test('shows each frame on its way back once more but the two ends, and jumps nowhere, also where it begins anew', async () => {
    const from = await wandering('from.mp4', { frames: 120, size: '640x360' });
    const { to, made } = await looped(from, { size: { width: 640, height: 360 }, durationMs: 5_000 });
    expect(made).toEqual({ outcome: 'looped' });
    const [before, after] = [await framesOf(from), await framesOf(to)];
    expect([before.length, after.length]).toEqual([120, 238]);
    // As it was, forwards and back.
    for (const n of [0, 1, 60, 118, 119]) expect(difference(after[n], before[n])).toBeLessThan(3);
    for (const n of [1, 47, 48, 60, 118]) expect(difference(after[238 - n], before[n])).toBeLessThan(3);
    const steps = after.map((frame, n) => difference(frame, after[(n + 1) % after.length]));
    const usual = Math.max(...steps.slice(0, 119));
    // The turn, the seams of its parts and the way round are no larger than any step, and no frame stands twice.
    expect(Math.max(...steps)).toBeLessThan(usual * 1.2);
    expect(Math.min(...steps)).toBeGreaterThan(0);
    const file = await readFile(to);
    const read = async (start: number, end: number) => file.subarray(start, end);
    const seconds = 238 / 24;
    expect(await checkClip({ bytes: file.length, read }, { durationSeconds: seconds })).toMatchObject({
      outcome: 'playable',
      durationMs: Math.round(seconds * 1000),
    });
  });

  test('of a full-sized clip is made in parts that are small, and fits', async () => {
    const from = join(import.meta.dirname, '../fakes/clips/clip-1280x720-5s.mp4');
    const maxBytes = 2 * MB;
    const { to, made } = await looped(from, { durationMs: 5_000, maxBytes });
    expect(made).toEqual({ outcome: 'looped' });
    expect((await readFile(to)).length).toBeLessThanOrEqual(maxBytes);
    expect((await readdir(dir)).filter((name) => name.startsWith('back-')).length).toBeGreaterThan(1);
  });

  test('is given up where all of it takes too long, and is no failure where whoever wanted it went', async () => {
    const from = join(import.meta.dirname, '../fakes/clips/clip-1280x720-5s.mp4');
    const options = { ffmpeg, from, to: join(dir, 'to.mp4'), clip: { size: LANDSCAPE, durationMs: 5_000 } };
    const signal = AbortSignal.timeout(120_000);
    const made = await loopClip({ ...options, maxBytes: 20 * MB, signal, maxMs: 100 });
    expect(made).toEqual({ outcome: 'failed', reason: 'no end after 100 ms in all' });
    const gone = AbortSignal.abort(new RangeError('gone'));
    await expect(loopClip({ ...options, maxBytes: 20 * MB, signal: gone })).rejects.toThrow('gone');
  });

  test('is not made of what is too long, broken, or never fits', async () => {
    const from = join(import.meta.dirname, '../fakes/clips/clip-1280x720-5s.mp4');
    expect((await looped(from, { durationMs: 31_000 })).made).toMatchObject({ outcome: 'failed' });
    expect((await looped(from, { durationMs: 9_000 })).made).toMatchObject({ outcome: 'failed' });
    expect((await looped(from, { durationMs: 5_000, maxBytes: 20_000 })).made).toMatchObject({ outcome: 'failed' });
  });
});
