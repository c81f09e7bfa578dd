import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { shrinkClip } from '../../src/media/clips/shrink.ts';
import { runFfmpeg } from '../../src/media/ffmpeg/run.ts';
import { everyFfmpeg } from '../helpers/ffmpegs.ts';
import { describeStreams, grayFrames } from '../providers/support/decode.ts';
import { never } from '../providers/support/job.ts';
import { decoder, MB, useNoisyClips, WIDE } from './noisy-clips.ts';

const ffmpegs = await everyFfmpeg();
const clips = useNoisyClips();

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
      const { bytes, size, file } = await clips.shrunk(ffmpeg, clips.wide, WIDE, maxBytes);
      // Smaller frames only where the bytes do not suffice.
      expect(size.width).toBeGreaterThanOrEqual(width.least);
      expect(size.width).toBeLessThanOrEqual(width.most);
      expect(bytes).toBeLessThanOrEqual(maxBytes);
      expect(bytes).toBeGreaterThan(0.8 * maxBytes);
      expect(Math.abs(size.width / size.height - 16 / 9)).toBeLessThan(0.02);
      expect(await grayFrames(decoder, file, size)).toHaveLength(240);
      expect(await describeStreams(decoder, file)).toMatch(/Video: h264 \(High\).*yuv420p\(tv, bt709/);
      expect(file.indexOf('moov')).toBeLessThan(file.indexOf('mdat'));
      expect(await clips.difference(file, clips.wide)).toBeLessThan(4);
    });

    test('may be upright, have sound and its index behind its frames', limit, () => clips.expectUpright(ffmpeg));

    test('keeps its sound where that is said, as long as its pictures', limit, async () => {
      const loud = join(clips.folder, 'loud.mp4');
      const tone = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=10', '-map', '0:v', '-map', '1:a'];
      const args = ['-i', clips.wide, ...tone, '-c:v', 'copy', '-c:a', 'aac', '-y', loud];
      expect(await runFfmpeg({ ffmpeg, args, timeoutMs: 60_000, signal: never() })).toEqual({});
      const { file, bytes } = await clips.shrunk(ffmpeg, loud, { ...WIDE, hasSound: true }, MB);
      expect(bytes).toBeLessThanOrEqual(MB);
      expect(await describeStreams(decoder, file)).toMatch(/Audio: aac/);
    });

    test('gives a reason where it was cut off', limit, async () => {
      const whole = await clips.flatFile(clips.wide);
      const cut = join(clips.folder, 'cut.mp4');
      for (const share of [0.1, 0.5, 0.95]) {
        await writeFile(cut, whole.subarray(0, share * whole.length));
        const options = { ffmpeg, from: cut, to: join(clips.folder, 'to.mp4'), clip: WIDE, maxBytes: 400_000 };
        expect(await shrinkClip({ ...options, signal: never() })).toEqual({
          outcome: 'failed',
          reason: expect.any(String),
        });
      }
    });

    test('that is a list of other files sends ffmpeg nowhere', async () => {
      const list = join(clips.folder, 'list.mp4');
      await writeFile(list, `#EXTM3U\n#EXTINF:10,\nfile://${clips.wide}\n#EXT-X-ENDLIST\n`);
      const options = { ffmpeg, from: list, to: join(clips.folder, 'to.mp4'), clip: WIDE, maxBytes: MB };
      expect(await shrinkClip({ ...options, signal: never() })).toMatchObject({ outcome: 'failed' });
    });
  },
);
