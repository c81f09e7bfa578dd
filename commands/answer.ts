import { messagesFor } from '../src/messages/messages.ts';
import type { Store } from '../src/store/store.ts';
import type { Reply } from './reply.ts';

/** A person's word on a submit of unknown outcome: try again although it may cost twice, or leave it. */
export async function answerDoubt(
  request: { taskId: string; by: string; locale: string; choice: 'retry' | 'leave' },
  { store }: { store: Store },
): Promise<Reply> {
  const words = messagesFor(request.locale).request;
  const task = await store.tasks.get(request.taskId);
  if (!task) return { type: 'refused', text: words.gone };
  if (task.requester.id !== request.by) return { type: 'refused', text: words.notYours };
  const attempt = task.attempts.at(-1);
  if (task.state !== 'unconfirmed' || !attempt) return { type: 'refused', text: words.noDoubt };
  // It names the attempt, so that pressing twice, or late, is no answer to a later question.
  await store.tasks.ask(task.id, { type: 'answer', attempt: attempt.id, choice: request.choice });
  return { type: 'done', text: request.choice === 'retry' ? words.retrying : words.leaving };
}
