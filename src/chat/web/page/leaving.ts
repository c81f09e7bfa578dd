import { signal } from '@preact/signals';

/** So long a deletion may be taken back. */
const UNDO_MS = 6_000;

/** Clips that are deleted in a moment, unless that is taken back: whether it still can be. */
export const leaving = signal<ReadonlyMap<string, boolean>>(new Map());
const waiting = new Map<string, { timer: ReturnType<typeof setTimeout>; remove: () => Promise<unknown> }>();

/** Is deleted by `remove` in a moment: at once where nobody looks at the page any more. */
export function leave(taskId: string, remove: () => Promise<unknown>): void {
  if (leaving.peek().has(taskId)) return;
  waiting.set(taskId, { timer: setTimeout(() => finish(taskId), UNDO_MS), remove });
  leaving.value = new Map([...leaving.peek(), [taskId, true]]);
}

/** Is not deleted, where that has not begun. */
export function stay(taskId: string): void {
  const found = waiting.get(taskId);
  if (!found) return;
  clearTimeout(found.timer);
  waiting.delete(taskId);
  show(taskId);
}

const show = (taskId: string): void => {
  leaving.value = new Map([...leaving.peek()].filter(([each]) => each !== taskId));
};

/** What could not be deleted stands there again, once that is known. */
function finish(taskId: string): void {
  const found = waiting.get(taskId);
  if (!found) return;
  clearTimeout(found.timer);
  waiting.delete(taskId);
  leaving.value = new Map([...leaving.peek(), [taskId, false]]);
  found.remove().finally(() => show(taskId));
}

/** Nobody waits any more: all are deleted now. */
export const finishAll = () => [...waiting.keys()].forEach(finish);
