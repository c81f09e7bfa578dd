import { messagesFor } from '../src/messages/messages.ts';
import type { Store } from '../src/store/store.ts';
import { type OwnTaskRequest, withOwnTask } from './own-task.ts';
import type { Reply } from './reply.ts';

/** A person's word on a submit of unknown outcome: try again although it may cost twice, or leave it. */
export function answerDoubt(
  { choice, ...request }: OwnTaskRequest & { choice: 'retry' | 'leave' },
  { store }: { store: Store },
): Promise<Reply> {
  const words = messagesFor(request.locale).request;
  return withOwnTask(request, store, async (task) => {
    const attempt = task.attempts.at(-1);
    if (task.state !== 'unconfirmed' || !attempt) return { type: 'refused', text: words.noDoubt };
    // It names the attempt, so that pressing twice, or late, is no answer to a later question.
    await store.tasks.ask(task.id, { type: 'answer', attempt: attempt.id, choice });
    return { type: 'done', text: choice === 'retry' ? words.retrying : words.leaving };
  });
}
