import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { constants, setPriority, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { findFfmpeg } from '../../src/media/ffmpeg/find.ts';
import { CAPABILITIES } from '../../src/providers/preview/capabilities.ts';
import { ENCODER_ARGS, FPS } from '../../src/providers/preview/command.ts';
import { createPreview } from '../../src/providers/preview/preview.ts';
import type { Provider, SubmitInput } from '../../src/providers/provider.ts';
import { decoder } from '../helpers/decoder.ts';
import { grayFrames } from '../providers/support/decode.ts';
import { never, pollUntil, render, start } from '../providers/support/job.ts';
import { motionBetween, spreadOf } from '../providers/support/motion.ts';
import { photo } from '../providers/support/photo.ts';
import { LANDSCAPE } from '../providers/support/views.ts';
import { atMost, type Bench, type Result, told } from './bench.ts';

const ROUNDS = 4;
const SECONDS = 5;
/** Three times a clip's pixels each way: more than a preview takes. */
const PHOTO = { width: 3840, height: 2160 };
const PRESET = ENCODER_ARGS[ENCODER_ARGS.indexOf('-preset') + 1];
/** Two renders at once, the bot and its pictures must fit into a machine of 1 GB. */
const MAX_MEMORY_MB = 256;

/** How fast, how even and how large a preview is, on a JPEG of 1280×720 and five seconds; then of a photo, all of whose pixels it has. */
export const preview: Bench = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'bench-'));
  const ffmpeg = await findFfmpeg(process.env);
  const provider = await createPreview({ ffmpeg, scratchDir: join(dir, 'scratch'), decoder });
  try {
    const picture = await sharp(await photo(LANDSCAPE))
      .jpeg({ quality: 92 })
      .toBuffer();
    const file = (name: string) => join(dir, name);
    await writeFile(file('picture.jpg'), picture);
    const input = {
      picture,
      size: LANDSCAPE,
      scene: 'zoom in, pan right, rotate',
      motion: 5,
      seed: 1,
      duration: SECONDS,
    };
    const photograph = await sharp(await photo(PHOTO))
      .jpeg({ quality: 90 })
      .toBuffer();
    const large = { ...input, picture: await fitted(photograph), scene: 'zoom in', motion: 10 };
    await writeFile(file('large.jpg'), large.picture);
    const still: number[] = [];
    const moving: number[] = [];
    const largeStill: number[] = [];
    const sharper: number[] = [];
    const first: number[] = [];
    // In turns, and the fastest counts: what else the machine does only ever adds.
    for (let round = 0; round < ROUNDS; round++) {
      still.push(await secondsOf(() => encodeStills(ffmpeg, file('picture.jpg'), file('still.mp4'))));
      moving.push(await secondsOf(() => render(provider, input)));
      largeStill.push(await secondsOf(() => encodeStills(ffmpeg, file('large.jpg'), file('still.mp4'))));
      sharper.push(await secondsOf(() => render(provider, large)));
      first.push(await secondsToFirstFrame(provider, photograph, large));
    }
    return [
      told(`render, ${SECONDS} s clip`, Math.min(...moving), 's'),
      told(`ffmpeg -loop 1, ${SECONDS * FPS} still frames, ${PRESET}`, Math.min(...still), 's'),
      atMost(3, 'render / still frames', Math.min(...moving) / Math.min(...still), '×'),
      atMost(1, 'render / clip length', Math.min(...moving) / SECONDS, '×'),
      told(`render of a photo of ${PHOTO.width}×${PHOTO.height}, drawn near`, Math.min(...sharper), 's'),
      told('ffmpeg -loop 1, still frames of that photo', Math.min(...largeStill), 's'),
      atMost(3, 'render / still frames of that photo', Math.min(...sharper) / Math.min(...largeStill), '×'),
      told('render / still frames of a picture of the clip’s size', Math.min(...sharper) / Math.min(...still), '×'),
      told('from the photo to the first frame', Math.min(...first), 's'),
      ...(await evenness(ffmpeg, provider, { ...input, scene: 'slow pan right', motion: 1 })),
      ...(await memory(ffmpeg, provider, large)),
    ];
  } finally {
    await provider.close();
    await rm(dir, { recursive: true });
  }
};

/** As the worker makes it fit. */
async function fitted(picture: Uint8Array): Promise<Uint8Array> {
  const { oversample } = CAPABILITIES;
  const { bytes = picture } = await decoder.fit(() => [picture], { fit: 'crop', sizes: [LANDSCAPE], oversample });
  return bytes;
}

/** The decoder is running already, as it is where somebody asked a moment ago. */
async function secondsToFirstFrame(provider: Provider, picture: Uint8Array, input: SubmitInput): Promise<number> {
  let jobId = '';
  const seconds = await secondsOf(async () => {
    jobId = await start(provider, { ...input, picture: await fitted(picture) });
    await pollUntil(provider, jobId, (verdict) => verdict.outcome !== 'rendering' || (verdict.progress ?? 0) > 0);
  });
  await provider.cancel?.(jobId);
  return seconds;
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** What a preview is held against: the same picture as many times, at the clip's size, with the same encoder, settings and priority. */
async function encodeStills(ffmpeg: string, picture: string, clip: string): Promise<void> {
  const input = ['-v', 'error', '-y', '-loop', '1', '-framerate', `${FPS}`, '-i', picture];
  const scale = ['-vf', `scale=${LANDSCAPE.width}:${LANDSCAPE.height}`];
  const encoding = promisify(execFile)(ffmpeg, [
    ...input,
    ...scale,
    '-frames:v',
    `${SECONDS * FPS}`,
    ...ENCODER_ARGS,
    clip,
  ]);
  const { pid } = encoding.child;
  if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  await encoding;
}

/** The steps of the middle part, where the speed is constant, from frames decoded from the finished clip. */
async function evenness(ffmpeg: string, provider: Provider, input: SubmitInput): Promise<Result[]> {
  const { clip } = await render(provider, input);
  const frames = (await grayFrames(ffmpeg, clip, LANDSCAPE)).slice(36, 84);
  const steps = frames.slice(1).map((frame, i) => motionBetween(frames[i] ?? frame, frame).dx);
  const { mean, sd } = spreadOf(steps);
  return [told('slow pan, step a frame', Math.abs(mean), 'px'), atMost(0.1, 'slow pan, sd of the steps', sd, 'px')];
}

/** The most memory that ffmpeg held, as Linux tells it; nothing elsewhere. */
async function memory(ffmpeg: string, provider: Provider, input: SubmitInput): Promise<Result[]> {
  const jobId = await start(provider, input);
  let peakKb = 0;
  while ((await provider.poll(jobId, never())).outcome === 'rendering')
    peakKb = Math.max(peakKb, await peakOfChild(basename(ffmpeg)));
  await provider.release?.(jobId);
  return peakKb > 0 ? [atMost(MAX_MEMORY_MB, 'peak memory of ffmpeg', peakKb / 1024, 'MB')] : [];
}

async function peakOfChild(name: string): Promise<number> {
  const processes = (await readdir('/proc').catch(() => [])).filter((pid) => /^\d+$/.test(pid));
  const peaks = processes.map(async (pid) => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const ours = status.startsWith(`Name:\t${name}\n`) && status.includes(`PPid:\t${process.pid}\n`);
    return ours ? Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) : 0;
  });
  return Math.max(0, ...(await Promise.all(peaks)));
}
