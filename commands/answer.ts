import { messagesFor } from '../src/messages/messages.ts';
import type { Store } from '../src/store/store.ts';
import type { Task } from '../src/task/task.ts';
import { defineAction } from './action.ts';
import type { Reply } from './reply.ts';

type Choice = 'retry' | 'leave';

/** A person's word on a submit of unknown outcome: try again although it may cost twice, or leave it. */
export async function answerDoubt(
  { task, choice, locale }: { task: Task; choice: Choice; locale: string },
  { store }: { store: Store },
): Promise<Reply> {
  const words = messagesFor(locale).request;
  const attempt = task.attempts.at(-1);
  if (task.state !== 'unconfirmed' || !attempt) return { type: 'refused', text: words.noDoubt };
  // It names the attempt, so that pressing twice, or late, is no answer to a later question.
  await store.tasks.ask(task.id, { type: 'answer', attempt: attempt.id, choice });
  return { type: 'done', text: choice === 'retry' ? words.retrying : words.leaving };
}

const doubtAction = (choice: Choice) =>
  defineAction({
    id: choice,
    words: (locale) => messagesFor(locale).actions[choice],
    style: choice === 'retry' ? 'primary' : 'plain',
    who: 'own',
    isOffered: ({ state }) => state === 'unconfirmed',
    run: ({ origin: { locale }, task }, deps) => answerDoubt({ task, choice, locale }, deps),
  });

/** **Try again** and **Leave it**, under the question. */
export const retryAction = doubtAction('retry');
export const leaveAction = doubtAction('leave');
