import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { lowerPriority } from '../../util/priority.ts';

/** A render under way. */
export interface Render {
  /** Resolves when the process is gone: to nothing where it wrote every frame and said so. Never rejects. */
  ended: Promise<RenderFailure | undefined>;
  /** 0 to 1; never falls. */
  progress(): number;
  /** Ends the process at once. */
  kill(): void;
}

export interface RenderOptions {
  ffmpeg: string;
  args: string[];
  /** Frames that the clip will have. */
  frames: number;
  /** Written to ffmpeg's standard input once for every frame. */
  feed: Uint8Array;
  /** Killed when no frame was finished for so long, in milliseconds. */
  stallMs: number;
}

/** Why a render made no clip. */
export interface RenderFailure {
  /** `killed` by us on demand, `stalled` and killed for it, `interrupted` from outside, or else `failed` by itself. */
  reason: 'killed' | 'stalled' | 'interrupted' | 'failed';
  /** How the process ended, and the last of what it said. */
  detail: string;
}

const STDERR_TAIL_CHARS = 600;
/** ffmpeg's exit code after SIGINT or SIGTERM from outside, as a service manager sends to every process of ours. */
const INTERRUPTED_EXIT_CODE = 255;

/**
 * Runs ffmpeg. The feed is also what keeps it alive: a parent that dies, however hard, feeds no more, and ffmpeg ends
 * within the few frames that fit into the pipe. (A broken progress pipe does not end it, nor does plain end of input.)
 */
export function startRender({ ffmpeg, args, frames, feed, stallMs }: RenderOptions): Render {
  // A process group of its own: Ctrl-C in a terminal is for us to answer, not for ffmpeg.
  const child = spawn(ffmpeg, args, { detached: process.platform !== 'win32', windowsHide: true });
  lowerPriority(child);
  let written = 0;
  let finished = false;
  let ending: 'killed' | 'stalled' | undefined;
  let said = '';
  const kill = (why: 'killed' | 'stalled') => {
    ending ??= why;
    child.kill('SIGKILL');
  };
  const stall = setTimeout(() => kill('stalled'), stallMs);

  // ffmpeg closes its input when it has enough or fails; how it ends tells which.
  child.stdin.on('error', () => {});
  Readable.from(repeat(feed, frames)).pipe(child.stdin);
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-STDERR_TAIL_CHARS);
  });
  createInterface(child.stdout).on('line', (line) => {
    const [key, value = ''] = line.split('=');
    if (key === 'progress') finished = value === 'end';
    if (key !== 'frame' || !(Number(value) > written)) return;
    written = Number(value);
    stall.refresh();
  });

  const ended = new Promise<RenderFailure | undefined>((resolve) => {
    child.on('error', (error) => {
      clearTimeout(stall);
      resolve({ reason: 'failed', detail: error.message });
    });
    child.on('close', (code, signal) => {
      clearTimeout(stall);
      if (code === 0 && finished && written === frames) return resolve(undefined);
      const detail = `${signal ?? `exit code ${code}`} after ${written} of ${frames} frames; ${said.trim() || 'nothing said'}`;
      resolve({ reason: ending ?? (wasInterrupted(code, signal) ? 'interrupted' : 'failed'), detail });
    });
  });
  return { ended, progress: () => Math.min(1, written / frames), kill: () => kill('killed') };
}

function wasInterrupted(code: number | null, signal: NodeJS.Signals | null): boolean {
  return code === INTERRUPTED_EXIT_CODE || signal === 'SIGTERM' || signal === 'SIGINT' || signal === 'SIGHUP';
}

function* repeat(feed: Uint8Array, times: number): Iterable<Uint8Array> {
  for (let i = 0; i < times; i++) yield feed;
}
