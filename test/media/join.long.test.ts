import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkClip } from '../../src/media/clips/clip.ts';
import { createClipEnds } from '../../src/media/clips/clip-ends.ts';
import { joinClips } from '../../src/media/clips/join.ts';
import { findFfmpeg } from '../../src/media/ffmpeg/find.ts';
import { greyFramesOf, outputOf } from './grey-frames.ts';

const FRAMES = 48;
const JOINED = 2 * FRAMES - 1;

let dir: string;
let ffmpeg: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-join-'));
  ffmpeg = await findFfmpeg({});
});
afterAll(() => rm(dir, { recursive: true, force: true }));
const signal = () => AbortSignal.timeout(120_000);
const at = (name: string) => join(dir, name);

const run = (args: string[]): Promise<Buffer> => outputOf(ffmpeg, args);
const framesOf = (path: string): Promise<Buffer[]> => greyFramesOf(ffmpeg, path);
const frameOf = (frames: readonly Buffer[], n: number): Buffer => {
  const frame = frames[n];
  if (!frame) throw new Error(`no frame ${n}`);
  return frame;
};
const mean = (frame: Buffer): number => frame.reduce((sum, level) => sum + level, 0) / frame.length;
const difference = (a: Buffer, b: Buffer): number =>
  a.reduce((sum, level, n) => sum + Math.abs(level - (b[n] ?? 0)), 0) / a.length;

/** How loud it is, ten times a second. */
async function loudnessOf(path: string): Promise<number[]> {
  const raw = await run(['-i', path, '-ac', '1', '-ar', '8000', '-f', 's16le', '-']);
  return Array.from({ length: Math.floor(raw.length / 1_600) }, (_, n) => {
    const samples = Array.from({ length: 800 }, (_, i) => Math.abs(raw.readInt16LE(n * 1_600 + i * 2)));
    return samples.reduce((sum, each) => sum + each, 0) / samples.length;
  });
}

const COLOURS = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'];
const TO_BT709 = 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p';

/** A clip of two seconds; with `sound` a tone goes through it. */
async function encode(
  name: string,
  input: readonly string[],
  { filter = '', bFrames = 0, sound = false }: { filter?: string; bFrames?: number; sound?: boolean } = {},
): Promise<string> {
  const tone = sound ? ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=2', '-c:a', 'aac'] : [];
  const video = ['-t', '2', '-vf', `${filter}${TO_BT709}`, '-c:v', 'libx264', '-crf', '18'];
  await run([...input, ...tone, ...video, '-bf', `${bFrames}`, ...COLOURS, '-y', at(name)]);
  return at(name);
}

/** A clip, one that goes on from its last frame and moves on at once, and where they are to be joined. */
async function twoClips({
  bFrames = 0,
  size = '320x180',
  sound = [false, false],
}: {
  bFrames?: number;
  size?: string;
  sound?: [boolean, boolean];
} = {}) {
  const source = ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=24`];
  const first = await encode('first.mp4', source, { bFrames, sound: sound[0] });
  const frame = await createClipEnds({ scratchDir: at('scratch') }).lastFrame(() => createReadStream(first), signal());
  if ('failed' in frame) throw new Error(frame.failed);
  await writeFile(at('frame.png'), frame.bytes);
  const still = ['-loop', '1', '-framerate', '24', '-i', at('frame.png')];
  const second = await encode('second.mp4', still, {
    filter: 'scroll=horizontal=0.004,',
    bFrames,
    sound: sound[1],
  });
  return { ffmpeg, first, second, to: at('to.mp4'), signal: signal() };
}

async function checked(path: string, durationSeconds: number) {
  const file = await readFile(path);
  return checkClip({ bytes: file.length, read: async (start, end) => file.subarray(start, end) }, { durationSeconds });
}

describe('a clip and the one that goes on from its last frame', () => {
  test.each([
    ['as the streams are', 0, true],
    ['encoded anew where frames lie in another order', 3, false],
  ])('are one, %s: the frame between them stands once, as bright as it was', async (_how, bFrames, isCopy) => {
    const clips = await twoClips({ bFrames });
    expect(await joinClips(clips)).toEqual({ outcome: 'joined', isCopy });
    const [before, after, joined] = [
      await framesOf(clips.first),
      await framesOf(clips.second),
      await framesOf(clips.to),
    ];
    expect([before.length, after.length, joined.length]).toEqual([FRAMES, FRAMES, JOINED]);
    const steps = joined.slice(1).map((each, n) => difference(each, frameOf(joined, n)));
    const seam = steps.splice(FRAMES - 2, 2);
    expect(Math.max(...seam)).toBeLessThan(Math.max(...steps) * 1.3);
    // No frame stands twice at the seam.
    expect(Math.min(...seam)).toBeGreaterThan(0.05);
    expect(Math.abs(mean(frameOf(joined, FRAMES - 1)) - mean(frameOf(before, FRAMES - 1)))).toBeLessThan(1);
    expect(await checked(clips.to, 4)).toMatchObject({ outcome: 'playable', hasSound: false, frames: JOINED });
  });

  test('of another size are one in the size of the first', async () => {
    const { first } = await twoClips();
    const second = await encode('second.mp4', ['-f', 'lavfi', '-i', 'testsrc2=s=180x320:r=30']);
    expect(await joinClips({ ffmpeg, first, second, to: at('to.mp4'), signal: signal() })).toMatchObject({
      isCopy: false,
    });
    expect(await checked(at('to.mp4'), 3.6)).toMatchObject({
      outcome: 'playable',
      size: { width: 320, height: 180 },
    });
  });

  test.each([
    ['the second', [false, true]],
    ['the first', [true, false]],
    ['both', [true, true]],
  ] satisfies [string, [boolean, boolean]][])('keep the sound that %s had, where it was', async (_which, sound) => {
    const clips = await twoClips({ sound });
    // The pictures are not touched for it.
    expect(await joinClips(clips)).toEqual({ outcome: 'joined', isCopy: true });
    expect(await checked(clips.to, 4)).toMatchObject({ outcome: 'playable', hasSound: true, frames: JOINED });
    const loud = (await loudnessOf(clips.to)).map((each) => each > 500);
    expect(loud.slice(2, 17)).toEqual(Array.from({ length: 15 }, () => sound[0]));
    expect(loud.slice(22, 37)).toEqual(Array.from({ length: 15 }, () => sound[1]));
  });

  test('is given up where it takes too long, and leaves nothing behind', async () => {
    const clips = await twoClips({ bFrames: 3 });
    expect(await joinClips({ ...clips, maxMs: 1 })).toMatchObject({ outcome: 'failed' });
    const ends = createClipEnds({ scratchDir: at('scratch') });
    const broken = () => createReadStream(at('frame.png'));
    const of = { person: 'test:anna', first: broken, second: broken, signal: signal() };
    await expect(ends.join(of, async () => {})).rejects.toThrow();
    expect(await ends.lastFrame(broken, signal())).toMatchObject({ failed: expect.any(String) });
    expect(await readdir(at('scratch'))).toEqual([]);
  });
});
