import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { COLOUR_ARGS } from '../ffmpeg/colours.ts';
import { mp4File, mp4Input } from '../ffmpeg/mp4-input.ts';
import { runFfmpeg } from '../ffmpeg/run.ts';
import { concatArgs } from './concat.ts';
import { type Track, trackOf } from './track.ts';
import { within } from './within.ts';

/** A joined clip is no longer than this. */
export const MAX_JOINED_MS = 60_000;
/** No clip on record is larger. */
const MAX_BYTES = 200 * 1024 * 1024;
/** Of one run; see `within` for all. */
const TIMEOUT_MS = 180_000;
/** Rates that differ by less are the same, in frames a second. */
const SAME_RATE = 0.01;

export type Joined = { outcome: 'joined'; isCopy: boolean } | { outcome: 'failed'; reason: string };

interface JoinOptions {
  ffmpeg: string;
  /** Paths of files; beside the last lie the parts. */
  first: string;
  second: string;
  to: string;
  signal: AbortSignal;
  /** In all; absent: as `within` has it. */
  maxMs?: number;
}

/**
 * Makes one MP4 of two clips, of which the second begins with the frame that the first ends on: it is shown once. The streams
 * are as they were where they agree, else encoded anew in the first one's size and rate. Where only one has sound, the other
 * is silent. Says why where it is not possible, or takes too long. Throws as `runFfmpeg` does.
 */
export const joinClips = (options: JoinOptions): Promise<Joined> =>
  within(options, (signal) => makeJoined({ ...options, signal }));

async function makeJoined({ ffmpeg, first, second, to, signal }: JoinOptions): Promise<Joined> {
  const beside = (name: string) => join(dirname(to), name);
  const run = async (args: string[]): Promise<string | undefined> =>
    (await runFfmpeg({ ffmpeg, args: [...args, ...OUTPUT], timeoutMs: TIMEOUT_MS, signal })).failed;
  const [before, after] = [await trackOf(first), await trackOf(second)];
  if (before.frames < 2) return { outcome: 'failed', reason: 'there is but one frame to go on from' };
  const isCopy = agree(before, after) && before.isInOrder && after.isInOrder;
  const hasSound = before.hasSound || after.hasSound;
  const silent = hasSound ? beside('silent.mp4') : to;
  const failed =
    (isCopy
      ? await copy(run, { first, second, to: silent, frames: before.frames - 1, beside })
      : await run([...encoded({ first, second }, before), silent])) ??
    (hasSound ? await run([...withSound({ first, second, silent }, before, after), to]) : undefined);
  if (failed !== undefined) return { outcome: 'failed', reason: failed };
  const { size } = await stat(to);
  return size > MAX_BYTES ? { outcome: 'failed', reason: `came to ${size} bytes` } : { outcome: 'joined', isCopy };
}

const agree = (a: Track, b: Track): boolean => a.stream === b.stream && Math.abs(a.fps - b.fps) < SAME_RATE;

const OUTPUT = ['-map_metadata', '-1', '-map_chapters', '-1', '-movflags', '+faststart', '-y', '-f', 'mp4'];
const input = (path: string) => mp4File(path, { threads: 1 });

/** The parts behind each other, the first without its last frame. */
async function copy(
  run: (args: string[]) => Promise<string | undefined>,
  {
    first,
    second,
    to,
    frames,
    beside,
  }: { first: string; second: string; to: string; frames: number; beside: (name: string) => string },
): Promise<string | undefined> {
  for (const [from, name, cut] of [
    [first, 'part-1.mp4', ['-frames:v', `${frames}`]],
    [second, 'part-2.mp4', []],
  ] as const) {
    const failed = await run([...mp4Input(from, { threads: 1 }), ...cut, '-c', 'copy', beside(name)]);
    if (failed !== undefined) return failed;
  }
  return run([...(await concatArgs(['part-1.mp4', 'part-2.mp4'], to)), to]);
}

function encoded({ first, second }: { first: string; second: string }, { size, fps, frames }: Track): string[] {
  const { width, height } = size;
  const rate = fps.toFixed(3);
  // Both by the same numbers: what says nothing of its colours is taken for what clips of this size are.
  const fit = `scale=${width}:${height}:force_original_aspect_ratio=decrease:out_range=tv,pad=${width}:${height}:-1:-1`;
  const shaped = `${fit},setsar=1,format=yuv420p,fps=${rate}`;
  const graph = [
    `[0:v:0]trim=end_frame=${frames - 1},setpts=PTS-STARTPTS,${shaped}[a]`,
    `[1:v:0]setpts=PTS-STARTPTS,${shaped}[b]`,
    '[a][b]concat=n=2:v=1:a=0[out]',
  ].join(';');
  return [
    ...[...input(first), ...input(second), '-filter_complex', graph, '-map', '[out]', '-r', rate],
    // Without frames that wait for later ones its end can be cut without another loss, should it be gone on from.
    ...['-c:v', 'libx264', '-preset', 'faster', '-crf', '17', '-bf', '0', '-threads', '2'],
    ...COLOUR_ARGS,
  ];
}

/** The pictures as they are, with the sound of both, each as long as its pictures. */
function withSound(
  { first, second, silent }: { first: string; second: string; silent: string },
  before: Track,
  after: Track,
): string[] {
  const sound = (n: number, { hasSound }: Track, frames: number, fps: number) => {
    const end = `atrim=end=${(frames / fps).toFixed(4)},asetpts=PTS-STARTPTS`;
    const alike = 'aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo';
    return hasSound ? `[${n}:a:0]${alike},apad,${end}[s${n}]` : `anullsrc=r=48000:cl=stereo,${alike},${end}[s${n}]`;
  };
  const graph = [
    sound(1, before, before.frames - 1, before.fps),
    sound(2, after, after.frames, after.fps),
    '[s1][s2]concat=n=2:v=0:a=1[out]',
  ].join(';');
  return [
    ...[...input(silent), ...input(first), ...input(second), '-filter_complex', graph],
    ...['-map', '0:v:0', '-map', '[out]', '-c:v', 'copy', '-c:a', 'aac', '-b:a', '160k'],
  ];
}
