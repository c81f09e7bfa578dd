import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/** As `nice` itself chooses: about a tenth of the weight. */
const NICE = 10;

/** Lets a detached process that computes for long step back for whatever answers people. */
export function lowerPriority(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  tryTo(() => setPriority(pid, NICE));
  // Linux first shares the time between sessions, and a detached process has one of its own, in which alone the above
  // counts (https://man7.org/linux/man-pages/man7/sched.7.html, autogroup).
  if (process.platform === 'linux') tryTo(() => writeFileSync(`/proc/${pid}/autogroup`, `${NICE}`));
}

/** Where it is gone already, or not ours to change, it runs as it is. */
function tryTo(change: () => void): void {
  try {
    change();
  } catch {}
}
