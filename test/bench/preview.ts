import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { constants, setPriority, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { findFfmpeg } from '../../src/media/ffmpeg/find.ts';
import { ENCODER_ARGS, FPS } from '../../src/providers/preview/command.ts';
import { createPreview } from '../../src/providers/preview/preview.ts';
import type { Provider, SubmitInput } from '../../src/providers/provider.ts';
import { decoder } from '../helpers/decoder.ts';
import { grayFrames } from '../providers/support/decode.ts';
import { never, render, start } from '../providers/support/job.ts';
import { motionBetween, spreadOf } from '../providers/support/motion.ts';
import { photo } from '../providers/support/photo.ts';
import { LANDSCAPE } from '../providers/support/views.ts';
import { atMost, type Bench, type Result, told } from './bench.ts';

const ROUNDS = 4;
const SECONDS = 5;
const PRESET = ENCODER_ARGS[ENCODER_ARGS.indexOf('-preset') + 1];
/** Two renders at once, the bot and its pictures must fit into a machine of 1 GB. */
const MAX_MEMORY_MB = 256;

/** How fast, how even and how large a preview is, on a JPEG of 1280×720 and five seconds. */
export const preview: Bench = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'bench-'));
  const ffmpeg = await findFfmpeg(process.env);
  const provider = createPreview({ ffmpeg, scratchDir: join(dir, 'scratch'), decoder });
  try {
    const picture = await sharp(await photo(LANDSCAPE))
      .jpeg({ quality: 92 })
      .toBuffer();
    await writeFile(join(dir, 'picture.jpg'), picture);
    const input = {
      picture,
      size: LANDSCAPE,
      scene: 'zoom in, pan right, rotate',
      motion: 5,
      seed: 1,
      duration: SECONDS,
    };
    const still: number[] = [];
    const moving: number[] = [];
    // In turns, and the fastest counts: what else the machine does only ever adds.
    for (let round = 0; round < ROUNDS; round++) {
      still.push(await secondsOf(() => encodeStills(ffmpeg, join(dir, 'picture.jpg'), join(dir, 'still.mp4'))));
      moving.push(await secondsOf(() => render(provider, input)));
    }
    return [
      told(`render, ${SECONDS} s clip`, Math.min(...moving), 's'),
      told(`ffmpeg -loop 1, ${SECONDS * FPS} still frames, ${PRESET}`, Math.min(...still), 's'),
      atMost(3, 'render / still frames', Math.min(...moving) / Math.min(...still), '×'),
      atMost(1, 'render / clip length', Math.min(...moving) / SECONDS, '×'),
      ...(await evenness(ffmpeg, provider, { ...input, scene: 'slow pan right', motion: 1 })),
      ...(await memory(ffmpeg, provider, input)),
    ];
  } finally {
    await provider.close();
    await rm(dir, { recursive: true });
  }
};

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** What a preview is held against: the same picture as many times, with the same encoder, settings and priority. */
async function encodeStills(ffmpeg: string, picture: string, clip: string): Promise<void> {
  const input = ['-v', 'error', '-y', '-loop', '1', '-framerate', `${FPS}`, '-i', picture];
  const encoding = promisify(execFile)(ffmpeg, [...input, '-frames:v', `${SECONDS * FPS}`, ...ENCODER_ARGS, clip]);
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
