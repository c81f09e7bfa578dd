import { messagesFor } from '../src/messages/messages.ts';
import { spendRow } from '../src/store/spend.ts';
import type { Store } from '../src/store/store.ts';
import { isOver, type Task } from '../src/task/task.ts';
import { withChanges } from '../src/util/with-changes.ts';
import { defineAction } from './action.ts';
import type { Reply } from './reply.ts';

/** Forgets a task, its picture and its clip. What it spent stays on record, and that there was such a request. */
export async function deleteTask(
  { task, locale }: { task: Task; locale: string },
  { store }: { store: Store },
): Promise<Reply> {
  const words = messagesFor(locale).request;
  if (!isOver(task)) return { type: 'refused', text: words.underWay };
  // What a platform tells again, or somebody edits, must not begin anew. Where there was an attempt its row knows the request.
  if (task.attempts.length === 0) await store.spend.open(spendRow(withChanges(task, { cost: 0 }), task.id));
  await store.tasks.remove(task.id);
  return { type: 'deleted', text: words.deleted, task };
}

/** **Delete**, under what has ended. */
export const deleteAction = defineAction({
  id: 'delete',
  words: (locale) => messagesFor(locale).actions.delete,
  style: 'danger',
  who: 'own',
  isOffered: isOver,
  removes: true,
  run: ({ origin: { locale }, task }, deps) => deleteTask({ task, locale }, deps),
});
