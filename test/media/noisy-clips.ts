import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { shrinkClip } from '../../src/media/clips/shrink.ts';
import { findFfmpeg } from '../../src/media/ffmpeg/find.ts';
import { writeNoisyClip } from '../helpers/noisy-clip.ts';
import { describeStreams, grayFrames, pipeThrough } from '../providers/support/decode.ts';
import { never } from '../providers/support/job.ts';
import { LANDSCAPE, PORTRAIT } from './fixtures.ts';

export const MB = 1_000_000;
export const WIDE = { size: LANDSCAPE, durationMs: 10_000 };
export const TALL = { size: PORTRAIT, durationMs: 5_000 };
/** What looks at clips, whichever ffmpeg made them. */
export const decoder = await findFfmpeg({});

/** Two noisy clips for a file of tests, and what becomes of them. */
export function useNoisyClips() {
  const clips = {
    folder: '',
    /** Landscape, ten seconds, 25 MB. */
    wide: '',
    /** Portrait, five seconds, with sound, its index behind its frames. */
    tall: '',
    shrunk,
    difference,
    flatFile,
    expectUpright,
  };

  beforeAll(async () => {
    clips.folder = await mkdtemp(join(tmpdir(), 'kinora-shrink-'));
    clips.wide = join(clips.folder, 'wide.mp4');
    clips.tall = join(clips.folder, 'tall.mp4');
    await writeNoisyClip(decoder, clips.wide, { size: LANDSCAPE, seconds: 10 });
    await writeNoisyClip(decoder, clips.tall, { size: PORTRAIT, seconds: 5, movflags: 'rtphint', sound: true });
    expect((await readFile(clips.wide)).length).toBeGreaterThan(20 * MB);
  }, 120_000);
  afterAll(() => rm(clips.folder, { recursive: true, force: true }));

  async function shrunk(ffmpeg: string, from: string, clip: typeof WIDE & { hasSound?: boolean }, maxBytes: number) {
    const to = join(clips.folder, 'to.mp4');
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
    const path = join(clips.folder, 'front.mp4');
    await pipeThrough(decoder, ['-y', '-i', source, '-c', 'copy', '-movflags', '+faststart', path], Buffer.alloc(0));
    return readFile(path);
  }

  async function expectUpright(ffmpeg: string): Promise<void> {
    const { bytes, size, file } = await shrunk(ffmpeg, clips.tall, TALL, MB);
    expect(bytes).toBeLessThanOrEqual(MB);
    expect(Math.abs(size.height / size.width - 16 / 9)).toBeLessThan(0.02);
    expect(await grayFrames(decoder, file, size)).toHaveLength(120);
    expect(await describeStreams(decoder, file)).not.toContain('Audio');
    expect(await difference(file, clips.tall)).toBeLessThan(4);
  }

  return clips;
}
