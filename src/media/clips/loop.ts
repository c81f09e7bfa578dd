import { open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clip } from '../../task/task.ts';
import { COLOUR_ARGS } from '../ffmpeg/colours.ts';
import { mp4Input } from '../ffmpeg/mp4-input.ts';
import { runFfmpeg } from '../ffmpeg/run.ts';
import { checkClip } from './clip.ts';
import { concatArgs } from './concat.ts';
import { planShrink } from './shrink.ts';
import { within } from './within.ts';

/** A longer clip is not played back. */
export const MAX_LOOPED_MS = 30_000;
/** Frames that are turned round at once stay in memory as they are shown: so many bytes, and frames. */
const TURNED = { bytes: 96 * 1024 * 1024, least: 8, most: 64 };
/** Of one part; see `within` for all. */
const TIMEOUT_MS = 180_000;
/** Each part begins with a full buffer, so the whole may come out larger than planned: then it is made anew with less. */
const RATES = [1, 0.5];
/** Beyond it nothing looks better. */
const MAX_BIT_RATE = 12_000_000;

type Made = { outcome: 'looped' } | { outcome: 'failed'; reason: string };

interface LoopOptions {
  ffmpeg: string;
  /** Paths of files; beside the second lie the parts. */
  from: string;
  to: string;
  clip: Pick<Clip, 'size' | 'durationMs'>;
  maxBytes: number;
  signal: AbortSignal;
  /** In all; absent: as `within` has it. */
  maxMs?: number;
}

/** How long a clip is that goes there and back, in milliseconds: neither end is shown twice. */
export const loopedMs = ({ durationMs, frames }: { durationMs: number; frames: number }): number =>
  Math.round((durationMs * (2 * frames - 2)) / frames);

/**
 * Makes an MP4 that plays a clip there and back, of at most `maxBytes`: played again and again it never jumps. Turned round in
 * parts, each of which fits in memory. Without sound. Says why where that is not possible, or takes too long. Throws as `runFfmpeg` does.
 */
export const loopClip = (options: LoopOptions): Promise<Made> =>
  within(options, (signal) => makeLoop({ ...options, signal }));

async function makeLoop(options: LoopOptions): Promise<Made> {
  const { from, to, clip, maxBytes } = options;
  if (clip.durationMs > MAX_LOOPED_MS) return { outcome: 'failed', reason: 'it is too long to be played back' };
  const frames = await framesOf(from, clip);
  if (frames === undefined || frames < 3) return { outcome: 'failed', reason: 'it cannot be read' };
  const plan = planShrink({ size: clip.size, durationMs: loopedMs({ durationMs: clip.durationMs, frames }) }, maxBytes);
  if (!plan) return { outcome: 'failed', reason: 'nothing worth watching fits' };
  let made: Made = { outcome: 'failed', reason: '' };
  for (const share of RATES) {
    const bitRate = Math.floor(Math.min(plan.bitRate, MAX_BIT_RATE) * share);
    made = await inParts({ ...options, frames, size: plan.size, bitRate });
    if (made.outcome === 'failed') return made;
    const { size: bytes } = await stat(to);
    if (bytes <= maxBytes) return made;
    made = { outcome: 'failed', reason: `came to ${bytes} bytes instead of ${maxBytes}` };
  }
  return made;
}

/** Counts a clip's frames. */
async function framesOf(path: string, { durationMs }: Pick<Clip, 'durationMs'>): Promise<number | undefined> {
  const file = await open(path);
  try {
    const { size: bytes } = await file.stat();
    const checked = await checkClip(
      {
        bytes,
        async read(start, end) {
          const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
          return buffer.subarray(0, bytesRead);
        },
      },
      { durationSeconds: durationMs / 1000 },
    );
    return checked.outcome === 'playable' ? checked.frames : undefined;
  } finally {
    await file.close();
  }
}

async function inParts(
  options: LoopOptions & { frames: number } & NonNullable<ReturnType<typeof planShrink>>,
): Promise<Made> {
  const { ffmpeg, from, to, clip, frames, size, bitRate, signal } = options;
  const fps = Number(((frames * 1000) / clip.durationMs).toFixed(3));
  const run = async (args: string[]): Promise<string | undefined> =>
    (await runFfmpeg({ ffmpeg, args, timeoutMs: TIMEOUT_MS, signal })).failed;
  const encode = (frames: string, part: string) =>
    run([
      ...mp4Input(from, { threads: 2 }),
      ...[
        '-vf',
        `${frames}scale=${size.width}:${size.height}:out_range=tv,setsar=1,format=yuv420p,setpts=N/(${fps}*TB)`,
      ],
      // Without frames that wait for later ones the parts lie behind each other as they are.
      ...['-r', `${fps}`, '-c:v', 'libx264', '-preset', 'faster', '-crf', '18', '-bf', '0', '-threads', '2'],
      ...['-maxrate', `${bitRate}`, '-bufsize', `${Math.round(bitRate / 2)}`],
      ...COLOUR_ARGS,
      ...['-map_metadata', '-1', '-map_chapters', '-1', '-y', '-f', 'mp4', part],
    ]);

  const beside = (name: string) => join(dirname(to), name);
  const parts = [{ name: 'there.mp4', frames: '' }];
  const room = Math.floor(TURNED.bytes / (clip.size.width * clip.size.height * 1.5));
  const step = Math.min(TURNED.most, Math.max(TURNED.least, room));
  // Neither the last frame, which was just shown, nor the first, which comes next.
  for (let end = frames - 1; end > 1; end -= step) {
    const turned = `trim=start_frame=${Math.max(1, end - step)}:end_frame=${end},setpts=PTS-STARTPTS,reverse,`;
    parts.push({ name: `back-${parts.length}.mp4`, frames: turned });
  }
  for (const { name, frames } of parts) {
    const failed = await encode(frames, beside(name));
    if (failed !== undefined) return { outcome: 'failed', reason: failed };
  }
  const names = parts.map(({ name }) => name);
  const failed = await run([
    ...(await concatArgs(names, to)),
    ...['-map_metadata', '-1', '-movflags', '+faststart', '-y', '-f', 'mp4', to],
  ]);
  return failed === undefined ? { outcome: 'looped' } : { outcome: 'failed', reason: failed };
}
