import { signal } from '@preact/signals';

/** So long a deletion may be taken back. */
const UNDO_MS = 6_000;

/** Clips that are deleted in a moment, unless that is taken back. */
export const leaving = signal<ReadonlySet<string>>(new Set());
const waiting = new Map<string, { timer: ReturnType<typeof setTimeout>; remove: () => Promise<unknown> }>();

/** Is deleted by `remove` in a moment: at once where nobody looks at the page any more. */
export function leave(taskId: string, remove: () => Promise<unknown>): void {
  if (waiting.has(taskId)) return;
  waiting.set(taskId, { timer: setTimeout(() => finish(taskId), UNDO_MS), remove });
  leaving.value = new Set([...leaving.peek(), taskId]);
}

/** Is not deleted. */
export function stay(taskId: string): void {
  clearTimeout(waiting.get(taskId)?.timer);
  waiting.delete(taskId);
  leaving.value = new Set([...leaving.peek()].filter((each) => each !== taskId));
}

/** What could not be deleted stands there again, once that is known. */
function finish(taskId: string): void {
  const found = waiting.get(taskId);
  if (!found) return;
  clearTimeout(found.timer);
  waiting.delete(taskId);
  found.remove().finally(() => stay(taskId));
}

const finishAll = () => [...waiting.keys()].forEach(finish);
addEventListener('pagehide', finishAll);
document.addEventListener('visibilitychange', () => document.hidden && finishAll());
