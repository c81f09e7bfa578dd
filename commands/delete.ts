import { messagesFor } from '../src/messages/messages.ts';
import type { Store } from '../src/store/store.ts';
import { isOver, type Task } from '../src/task/task.ts';
import { defineAction } from './action.ts';
import type { Reply } from './reply.ts';

/** Forgets a task, its picture and its clip. What it spent stays on record. */
export async function deleteTask(
  { task, locale }: { task: Task; locale: string },
  { store }: { store: Store },
): Promise<Reply> {
  const words = messagesFor(locale).request;
  if (!isOver(task)) return { type: 'refused', text: words.underWay };
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
