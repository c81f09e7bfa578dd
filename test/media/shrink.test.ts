import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planShrink, shrinkClip } from '../../src/media/clips/shrink.ts';
import { runFfmpeg } from '../../src/media/ffmpeg/run.ts';
import { never, script } from '../providers/support/job.ts';
import { MB, useNoisyClips, WIDE } from './noisy-clips.ts';

const clips = useNoisyClips();

// What comes out of noisy clips: shrink.long.test.ts.
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
    shrinkClip({ ffmpeg, from: clips.wide, to: join(clips.folder, 'to.mp4'), clip: WIDE, maxBytes: MB, signal });

  test('that fails by itself is a reason, with the end of what it said', async () => {
    const broken = await script(clips.folder, 'broken', 'echo "Invalid data found" >&2; exit 1');
    expect(await run(broken)).toEqual({
      outcome: 'failed',
      reason: expect.stringMatching(/ended with 1; Invalid data found/),
    });
  });

  test('that talks without end is heard in part', async () => {
    const talker = await script(clips.folder, 'talker', 'yes "all is lost" | head -c 3000000 >&2; exit 1');
    const result = await run(talker);
    expect(result.outcome === 'failed' && result.reason.length).toBeLessThan(1_000);
  });

  test.each([
    ['is stopped by whoever stops us', 'exit 255'],
    ['is killed', 'kill -9 $$'],
    ['finds the disk full', 'echo "av_interleaved_write_frame(): No space left on device" >&2; exit 1'],
  ])('that %s says nothing about the clip: it can be tried again', async (_, lines) => {
    await expect(run(await script(clips.folder, 'stopped', lines))).rejects.toThrow('ffmpeg ended with');
  });

  test('that comes to no end is ended', async () => {
    const slow = await script(clips.folder, 'slow', 'exec sleep 600');
    const endless = runFfmpeg({ ffmpeg: slow, args: [], timeoutMs: 50, signal: never() });
    await expect(endless).rejects.toThrow('no end after 50 ms');
  });

  test('that cannot be started says nothing about the clip', async () => {
    await expect(run(join(clips.folder, 'none'))).rejects.toThrow('ENOENT');
  });

  test('that writes more than was allowed is not believed', async () => {
    const fat = await script(clips.folder, 'fat', `for to; do :; done; cp '${clips.wide}' "$to"`);
    expect(await run(fat)).toEqual({
      outcome: 'failed',
      reason: expect.stringMatching(/came to \d+ bytes instead of 1000000/),
    });
  });

  test('that writes no clip is not believed', async () => {
    const odd = await script(clips.folder, 'odd', 'for to; do :; done; echo "no clip" > "$to"');
    expect(await run(odd)).toMatchObject({ outcome: 'failed' });
  });
});
