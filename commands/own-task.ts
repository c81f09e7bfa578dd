import { messagesFor } from '../src/messages/messages.ts';
import type { Store } from '../src/store/store.ts';
import type { Task } from '../src/task/task.ts';
import type { Reply } from './reply.ts';

/** Something that is asked of a task by whoever asked for it. */
export interface OwnTaskRequest {
  taskId: string;
  /** `Task.requester.id` of the person who asks now. */
  by: string;
  /** May do it with everybody's: they moderate the place where the task is. */
  moderates?: boolean;
  locale: string;
}

/** Does what is asked with the person's own task; refuses where it is gone or somebody else's. */
export async function withOwnTask(
  { taskId, by, moderates = false, locale }: OwnTaskRequest,
  store: Store,
  work: (task: Task) => Promise<Reply>,
): Promise<Reply> {
  const words = messagesFor(locale).request;
  const task = await store.tasks.get(taskId);
  if (!task) return { type: 'refused', text: words.gone };
  return moderates || task.requester.id === by ? work(task) : { type: 'refused', text: words.notYours };
}
