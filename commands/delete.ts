import { messagesFor } from '../src/messages/messages.ts';
import type { Store } from '../src/store/store.ts';
import { isOver } from '../src/task/task.ts';
import { type OwnTaskRequest, withOwnTask } from './own-task.ts';
import type { Reply } from './reply.ts';

/** Forgets a task, its picture and its clip. What it spent stays on record. */
export function deleteTask(request: OwnTaskRequest, { store }: { store: Store }): Promise<Reply> {
  const words = messagesFor(request.locale).request;
  return withOwnTask(request, store, async (task) => {
    if (!isOver(task)) return { type: 'refused', text: words.underWay };
    await store.tasks.remove(task.id);
    return { type: 'done', text: words.deleted };
  });
}
