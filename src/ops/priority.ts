import type { ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';

/** Lets a process that computes for long step back for whatever answers people. */
export function lowerPriority(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Gone already, or not ours to change: then it runs at ours.
  }
}
