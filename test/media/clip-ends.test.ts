import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createClipEnds } from '../../src/media/clips/clip-ends.ts';
import { findFfmpeg } from '../../src/media/ffmpeg/find.ts';
import { NoRoom } from '../../src/util/semaphore.ts';
import { pipeThrough } from '../providers/support/decode.ts';

let scratchDir: string;
let stop: AbortController;
beforeEach(async () => {
  scratchDir = await mkdtemp(join(tmpdir(), 'kinora-ends-'));
  stop = new AbortController();
});
afterEach(() => rm(scratchDir, { recursive: true, force: true }));

/** A clip whose bytes never come; `asked` once somebody wants them. */
function standing() {
  let isAsked = () => {};
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  async function* bytes(): AsyncIterable<Uint8Array> {
    isAsked();
    await new Promise((_, reject) => stop.signal.addEventListener('abort', () => reject(stop.signal.reason)));
    yield new Uint8Array();
  }
  return { bytes, asked };
}

test('joins keep no more than one place of each person, and few in all, and no frame waits for them', async () => {
  const ends = createClipEnds({ scratchDir });
  const stands = standing();
  const joinOf = (person: string) =>
    ends.join({ person, first: stands.bytes, second: stands.bytes, signal: stop.signal }, async () => {});
  const first = joinOf('test:anna');
  await stands.asked;
  await expect(joinOf('test:anna')).rejects.toBeInstanceOf(NoRoom);
  const waiting = ['test:bo', 'test:cy', 'test:di', 'test:ed'].map(joinOf);
  await expect(joinOf('test:bo')).rejects.toBeInstanceOf(NoRoom);
  await expect(joinOf('test:fay')).rejects.toBeInstanceOf(NoRoom);
  const from = standing();
  const frame = ends.lastFrame(from.bytes, stop.signal);
  await from.asked;
  stop.abort(new Error('over'));
  const over = await Promise.allSettled([first, ...waiting, frame]);
  expect(over.map(({ status }) => status)).toEqual(over.map(() => 'rejected'));
});

test('a last frame is as bright as it was in its clip', async () => {
  const ffmpeg = await findFfmpeg({});
  const [width, height] = [640, 360];
  const noisy = `testsrc2=s=${width}x${height}:d=0.5,eq=saturation=0.3:contrast=0.5,noise=alls=20:all_seed=1,format=yuv420p`;
  const coded = ['-c:v', 'libx264', '-qp', '4', '-colorspace', 'bt709', '-color_range', 'tv'];
  const file = join(scratchDir, 'noisy.mp4');
  await pipeThrough(ffmpeg, ['-f', 'lavfi', '-i', noisy, ...coded, file], new Uint8Array());
  const planes = [
    '-i',
    file,
    '-vf',
    "select='eq(n,12)'",
    '-frames:v',
    '1',
    '-f',
    'rawvideo',
    '-pix_fmt',
    'yuv420p',
    'pipe:1',
  ];
  const raw = await pipeThrough(ffmpeg, planes, new Uint8Array());
  const pixels = width * height;
  const meanOf = (bytes: Uint8Array) => bytes.reduce((sum, value) => sum + value, 0) / bytes.length;
  const luma = (255 / 219) * (meanOf(raw.subarray(0, pixels)) - 16);

  const frame = await createClipEnds({ scratchDir: join(scratchDir, 'ends') }).lastFrame(
    () => createReadStream(file),
    stop.signal,
  );
  if ('failed' in frame) throw new Error(frame.failed);
  const [red = 0, green = 0, blue = 0] = (await sharp(frame.bytes).stats()).channels.map(({ mean }) => mean);
  // By ITU-R BT.709.
  expect(Math.abs(0.2126 * red + 0.7152 * green + 0.0722 * blue - luma)).toBeLessThan(0.5);
});
