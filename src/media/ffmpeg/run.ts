import { spawn } from 'node:child_process';
import { lowerPriority } from '../../util/priority.ts';

/** ffmpeg did not come to its own end: stopped from outside, out of time or of disk. The same call may work later. */
export class FfmpegInterrupted extends Error {
  override name = 'FfmpegInterrupted';
}

const STDERR_TAIL_CHARS = 600;
/** What ffmpeg exits with after SIGINT or SIGTERM from outside, as a service manager sends to every process of ours. */
const INTERRUPTED_EXIT_CODE = 255;
/** Threads that a run may keep busy; what else it computes is little. */
const CORES = 2;

/**
 * Runs ffmpeg to its end; resolves once the process is gone, to what it said where it failed by itself. Killed, and the
 * signal's reason thrown, when that aborts. Throws `FfmpegInterrupted` for what says nothing about the input.
 */
export async function runFfmpeg(options: {
  ffmpeg: string;
  args: string[];
  timeoutMs: number;
  signal: AbortSignal;
}): Promise<{ failed?: string }> {
  const { ffmpeg, args, timeoutMs, signal } = options;
  signal.throwIfAborted();
  // Its own limit, in seconds of computing, ends it where we died before it and nobody else will.
  const limits = ['-timelimit', `${Math.ceil((timeoutMs / 1000) * CORES)}`];
  const child = spawn(ffmpeg, ['-nostdin', '-hide_banner', '-loglevel', 'error', ...limits, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    // A process group of its own: Ctrl-C in a terminal is for us to answer, not for ffmpeg.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  lowerPriority(child);
  const kill = () => void child.kill('SIGKILL');
  let said = '';
  const timeout = setTimeout(() => {
    said += ` no end after ${timeoutMs} ms`;
    kill();
  }, timeoutMs);
  signal.addEventListener('abort', kill, { once: true });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-STDERR_TAIL_CHARS);
  });
  try {
    const end = await new Promise<number | string>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, killedBy) => resolve(code ?? killedBy ?? 'gone'));
    });
    signal.throwIfAborted();
    if (end === 0) return {};
    const detail = `ffmpeg ended with ${end}; ${said.trim() || 'nothing said'}`;
    if (typeof end === 'string' || end === INTERRUPTED_EXIT_CODE || /No space left/.test(said))
      throw new FfmpegInterrupted(detail);
    return { failed: detail };
  } finally {
    clearTimeout(timeout);
    signal.removeEventListener('abort', kill);
  }
}
