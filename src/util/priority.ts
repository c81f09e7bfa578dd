import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { systemClock } from './clock.ts';
import { retry } from './retry.ts';

/** How far a process steps back, by the share that it gets beside one that does not, where both compute. */
const NICE = { aThird: 5, aTenth: 10 } as const;
/** Linux takes one change of a session in a tenth of a second, from all users but root together. */
const BACKOFF = { baseMs: 400, maxMs: 400 };
const MAX_TRIES = 5;

/** Lets a detached process that computes for long step back for the ones that answer people. */
export function lowerPriority(child: ChildProcess, to: keyof typeof NICE = 'aTenth'): void {
  const nice = NICE[to];
  const { pid } = child;
  if (pid === undefined) return;
  done(() => setPriority(pid, nice));
  if (process.platform !== 'linux') return;
  // Linux first shares the time between sessions, and a detached process has one of its own, in which alone the above
  // counts (https://man7.org/linux/man-pages/man7/sched.7.html, autogroup).
  const gone = new AbortController();
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.once('exit', () => gone.abort());
  void retry(async () => done(() => writeFileSync(`/proc/${pid}/autogroup`, `${nice}`)), {
    clock: systemClock,
    backoff: BACKOFF,
    signal: gone.signal,
    when: (isDone, tries) => !isDone && tries < MAX_TRIES,
  });
}

/** False where the process is gone already, or not ours to change: then it runs as it is. */
function done(change: () => void): boolean {
  try {
    change();
    return true;
  } catch {
    return false;
  }
}
