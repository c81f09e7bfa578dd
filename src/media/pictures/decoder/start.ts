import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { lowerPriority } from '../../../util/priority.ts';

/** It takes a fifth of a second of computing; this is for machines that have none left. */
const START_MS = 60_000;
const STDERR_TAIL_CHARS = 600;

/** What the process needs of our own environment: no key and no token is any of its business. */
const KEPT = ['PATH', 'LD_LIBRARY_PATH', 'SystemRoot', 'TMPDIR'];
/**
 * Has glibc give back what a picture took: otherwise each leaves something behind, and an innocent one meets the limit. Not
 * each line of it at once: from 8 MB on a piece is given back by itself, which makes a photo a tenth quicker than from 1 MB.
 */
const MALLOC = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '8388608', MALLOC_TRIM_THRESHOLD_: '33554432' };

/** A process that has said that it is ready. */
export interface Started {
  child: ChildProcess;
  /** The last of what it said that was no answer. */
  said(): string;
}

/** Starts the decoder's process, at low priority; the program does not wait for it to end. */
export async function startProcess(program: URL | string, args: string[]): Promise<Started> {
  const child = fork(program, args, {
    env: { ...MALLOC, ...Object.fromEntries(KEPT.map((name) => [name, process.env[name]])) },
    execArgv: [],
    serialization: 'advanced',
    // A process group of its own: Ctrl-C in a terminal is for us to answer.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  // Short work that a person waits for: before renders.
  lowerPriority(child, 'aThird');
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-STDERR_TAIL_CHARS);
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), START_MS);
  try {
    const ended = once(child, 'exit').then(([code, signal]) => {
      throw new Error(`it ended with ${code ?? signal}. ${said.trim()}`);
    });
    ended.catch(() => {});
    await Promise.race([once(child, 'message'), ended]);
  } catch (error) {
    throw new Error('The decoder of pictures could not start.', { cause: error });
  } finally {
    clearTimeout(timer);
  }
  // What cannot be sent is said where it was sent.
  child.on('error', () => {});
  child.unref();
  child.channel?.unref();
  if (child.stderr instanceof Socket) child.stderr.unref();
  return { child, said: () => said.trim() };
}
