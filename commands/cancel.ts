import { messagesFor } from '../src/messages/messages.ts';
import type { Store } from '../src/store/store.ts';
import { TRANSITIONS } from '../src/task/transition.ts';
import { type OwnTaskRequest, withOwnTask } from './own-task.ts';
import type { Reply } from './reply.ts';

/** Asks for a task to be stopped; the worker decides, after a last look at a job under way. */
export function cancel(request: OwnTaskRequest, { store }: { store: Store }): Promise<Reply> {
  const words = messagesFor(request.locale).request;
  return withOwnTask(request, store, async (task) => {
    const canStop =
      TRANSITIONS[task.state].cancel !== undefined || task.state === 'submitting' || task.state === 'unconfirmed';
    if (!canStop) return { type: 'refused', text: words.tooLate };
    await store.tasks.ask(task.id, { type: 'cancel' });
    return { type: 'done', text: words.cancelling };
  });
}
