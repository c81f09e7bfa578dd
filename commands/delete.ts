import { messagesFor } from '../src/messages/messages.ts';
import type { Store } from '../src/store/store.ts';
import { isOver } from '../src/task/task.ts';
import type { Reply } from './reply.ts';

/** Forgets a task, its picture and its clip. What it spent stays on record. */
export async function deleteTask(
  request: { taskId: string; by: string; locale: string },
  { store }: { store: Store },
): Promise<Reply> {
  const words = messagesFor(request.locale).request;
  const task = await store.tasks.get(request.taskId);
  if (!task) return { type: 'refused', text: words.gone };
  if (task.requester.id !== request.by) return { type: 'refused', text: words.notYours };
  if (!isOver(task)) return { type: 'refused', text: words.underWay };
  await store.tasks.remove(task.id);
  return { type: 'done', text: words.deleted };
}
