import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planShrink, shrinkClip } from '../../src/media/clips/shrink.ts';
import { findFfmpeg } from '../../src/media/ffmpeg/find.ts';
import { runFfmpeg } from '../../src/media/ffmpeg/run.ts';
import { everyFfmpeg } from '../helpers/ffmpegs.ts';
import { writeNoisyClip } from '../helpers/noisy-clip.ts';
import { describeStreams, grayFrames, pipeThrough } from '../providers/support/decode.ts';
import { never, script } from '../providers/support/job.ts';
import { LANDSCAPE, PORTRAIT } from './fixtures.ts';

const MB = 1_000_000;
const ffmpegs = await everyFfmpeg();
const decoder = await findFfmpeg({});

let folder = '';
/** Landscape, ten seconds, 25 MB; and portrait, five seconds, with sound, its index behind its frames. */
let wide = '';
let tall = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinora-shrink-'));
  wide = join(folder, 'wide.mp4');
  tall = join(folder, 'tall.mp4');
  await writeNoisyClip(decoder, wide, { size: LANDSCAPE, seconds: 10 });
  await writeNoisyClip(decoder, tall, { size: PORTRAIT, seconds: 5, movflags: 'rtphint', sound: true });
  expect((await readFile(wide)).length).toBeGreaterThan(20 * MB);
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const WIDE = { size: LANDSCAPE, durationMs: 10_000 };
const TALL = { size: PORTRAIT, durationMs: 5_000 };

async function shrunk(ffmpeg: string, from: string, clip: typeof WIDE, maxBytes: number) {
  const to = join(folder, 'to.mp4');
  const result = await shrinkClip({ ffmpeg, from, to, clip, maxBytes, signal: never() });
  if (result.outcome === 'failed') throw new Error(result.reason);
  const file = await readFile(to);
  expect(file.length).toBe(result.bytes);
  return { ...result, file };
}

/** How far colours are from the source's on average, of 255, seen from afar. */
async function difference(clip: Uint8Array, source: string): Promise<number> {
  const small = ['-i', 'pipe:0', '-an', '-vf', 'scale=32:32', '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'];
  const [one, other] = [
    await pipeThrough(decoder, small, clip),
    await pipeThrough(decoder, small, await flatFile(source)),
  ];
  expect(one.length).toBe(other.length);
  return one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0) / one.length;
}

/** The same clip with its index in front, so that it can be read from a pipe. */
async function flatFile(source: string): Promise<Buffer> {
  const path = join(folder, 'front.mp4');
  await pipeThrough(decoder, ['-y', '-i', source, '-c', 'copy', '-movflags', '+faststart', path], Buffer.alloc(0));
  return readFile(path);
}

describe.each(ffmpegs.map((ffmpeg, n) => ({ ffmpeg, called: n === 0 ? 'the usual ffmpeg' : 'the ffmpeg from npm' })))(
  'a noisy clip, shrunk by $called',
  ({ ffmpeg }) => {
    // Generous: a machine that is busy with much else takes its time.
    const limit = { timeout: 180_000 };

    test.each([
      { maxBytes: 8 * MB, width: { least: 1280, most: 1280 } },
      { maxBytes: MB, width: { least: 800, most: 1000 } },
      { maxBytes: 300_000, width: { least: 400, most: 600 } },
    ])('fits into $maxBytes bytes, uses most of them, and plays', limit, async ({ maxBytes, width }) => {
      const { bytes, size, file } = await shrunk(ffmpeg, wide, WIDE, maxBytes);
      // Smaller frames only where the bytes do not suffice.
      expect(size.width).toBeGreaterThanOrEqual(width.least);
      expect(size.width).toBeLessThanOrEqual(width.most);
      expect(bytes).toBeLessThanOrEqual(maxBytes);
      expect(bytes).toBeGreaterThan(0.8 * maxBytes);
      expect(Math.abs(size.width / size.height - 16 / 9)).toBeLessThan(0.02);
      expect(await grayFrames(decoder, file, size)).toHaveLength(240);
      expect(await describeStreams(decoder, file)).toMatch(/Video: h264 \(High\).*yuv420p\(tv, bt709/);
      expect(file.indexOf('moov')).toBeLessThan(file.indexOf('mdat'));
      expect(await difference(file, wide)).toBeLessThan(4);
    });

    test('may be upright, have sound and its index behind its frames', limit, async () => {
      const { bytes, size, file } = await shrunk(ffmpeg, tall, TALL, MB);
      expect(bytes).toBeLessThanOrEqual(MB);
      expect(Math.abs(size.height / size.width - 16 / 9)).toBeLessThan(0.02);
      expect(await grayFrames(decoder, file, size)).toHaveLength(120);
      expect(await describeStreams(decoder, file)).not.toContain('Audio');
      expect(await difference(file, tall)).toBeLessThan(4);
    });

    test('gives a reason where it was cut off', limit, async () => {
      const whole = await flatFile(wide);
      const cut = join(folder, 'cut.mp4');
      for (const share of [0.1, 0.5, 0.95]) {
        await writeFile(cut, whole.subarray(0, share * whole.length));
        const options = { ffmpeg, from: cut, to: join(folder, 'to.mp4'), clip: WIDE, maxBytes: 400_000 };
        expect(await shrinkClip({ ...options, signal: never() })).toEqual({
          outcome: 'failed',
          reason: expect.any(String),
        });
      }
    });

    test('that is a list of other files sends ffmpeg nowhere', async () => {
      const list = join(folder, 'list.mp4');
      await writeFile(list, `#EXTM3U\n#EXTINF:10,\nfile://${wide}\n#EXT-X-ENDLIST\n`);
      const options = { ffmpeg, from: list, to: join(folder, 'to.mp4'), clip: WIDE, maxBytes: MB };
      expect(await shrinkClip({ ...options, signal: never() })).toMatchObject({ outcome: 'failed' });
    });
  },
);

describe('the plan', () => {
  test('is none where nothing worth watching would be left', () => {
    expect(planShrink(WIDE, 200_000)).toBeUndefined();
    expect(planShrink(WIDE, 0)).toBeUndefined();
    expect(planShrink({ ...WIDE, durationMs: 600_000 }, 8 * MB)).toBeUndefined();
    expect(planShrink(WIDE, 300_000)).toBeDefined();
  });

  test('leaves room for everything that may leave the encoder, keeps the shape and never enlarges', () => {
    const sides = fc.integer({ min: 256, max: 4096 });
    fc.assert(
      fc.property(
        sides,
        sides,
        fc.integer({ min: 1_000, max: 60_000 }),
        fc.integer({ max: 100 * MB, min: 1 }),
        (width, height, durationMs, maxBytes) => {
          const plan = planShrink({ size: { width, height }, durationMs }, maxBytes);
          if (!plan) return;
          expect((plan.bitRate / 8) * (durationMs / 1000 + 0.9)).toBeLessThan(maxBytes);
          for (const side of Object.values(plan.size)) expect(side % 2).toBe(0);
          expect(plan.size.width).toBeLessThanOrEqual(width + 1);
          expect(plan.size.height).toBeLessThanOrEqual(height + 1);
          const scale = plan.size.width / width;
          expect(Math.abs(plan.size.height - height * scale)).toBeLessThanOrEqual(1 + height / width);
        },
      ),
    );
  });
});

describe.skipIf(process.platform === 'win32')('an encoder', () => {
  const run = (ffmpeg: string, signal = never()) =>
    shrinkClip({ ffmpeg, from: wide, to: join(folder, 'to.mp4'), clip: WIDE, maxBytes: MB, signal });

  test('that fails by itself is a reason, with the end of what it said', async () => {
    const broken = await script(folder, 'broken', 'echo "Invalid data found" >&2; exit 1');
    expect(await run(broken)).toEqual({
      outcome: 'failed',
      reason: expect.stringMatching(/ended with 1; Invalid data found/),
    });
  });

  test('that talks without end is heard in part', async () => {
    const talker = await script(folder, 'talker', 'yes "all is lost" | head -c 3000000 >&2; exit 1');
    const result = await run(talker);
    expect(result.outcome === 'failed' && result.reason.length).toBeLessThan(1_000);
  });

  test.each([
    ['is stopped by whoever stops us', 'exit 255'],
    ['is killed', 'kill -9 $$'],
    ['finds the disk full', 'echo "av_interleaved_write_frame(): No space left on device" >&2; exit 1'],
  ])('that %s says nothing about the clip: it can be tried again', async (_, lines) => {
    await expect(run(await script(folder, 'stopped', lines))).rejects.toThrow('ffmpeg ended with');
  });

  test('that comes to no end is ended', async () => {
    const slow = await script(folder, 'slow', 'exec sleep 600');
    const endless = runFfmpeg({ ffmpeg: slow, args: [], timeoutMs: 50, signal: never() });
    await expect(endless).rejects.toThrow('no end after 50 ms');
  });

  test('that cannot be started says nothing about the clip', async () => {
    await expect(run(join(folder, 'none'))).rejects.toThrow('ENOENT');
  });

  test('that writes more than was allowed is not believed', async () => {
    const fat = await script(folder, 'fat', `for to; do :; done; cp '${wide}' "$to"`);
    expect(await run(fat)).toEqual({
      outcome: 'failed',
      reason: expect.stringMatching(/came to \d+ bytes instead of 1000000/),
    });
  });

  test('that writes no clip is not believed', async () => {
    const odd = await script(folder, 'odd', 'for to; do :; done; echo "no clip" > "$to"');
    expect(await run(odd)).toMatchObject({ outcome: 'failed' });
  });
});
