import { messagesFor } from '../src/messages/messages.ts';
import { spendRow, wordRow } from '../src/store/spend.ts';
import type { Attempt, Task } from '../src/task/task.ts';
import { defineAction } from './action.ts';
import type { RecordDeps } from './record.ts';
import type { Reply } from './reply.ts';
import type { Press } from './table.ts';

type AnswerDeps = Pick<RecordDeps, 'store' | 'admission'>;

/** The attempt that a person is asked about. An answer names it, so that a press that comes late answers no later question. */
const doubtful = (task: Task | undefined): Attempt | undefined =>
  task?.state === 'unconfirmed' ? task.attempts.at(-1) : undefined;

/** **Leave it**: a person's word on a submit of unknown outcome. */
async function leave(
  { task, origin: { locale } }: Pick<Press, 'origin' | 'task'>,
  { store }: AnswerDeps,
): Promise<Reply> {
  const words = messagesFor(locale).request;
  const attempt = doubtful(task);
  if (!attempt) return { type: 'refused', text: words.noDoubt };
  await store.tasks.ask(task.id, { type: 'answer', attempt: attempt.id, choice: 'leave' });
  return { type: 'done', text: words.leaving };
}

/** **Try again**: another attempt, which may cost a second time. So it passes admission, and counts from then on. */
function tryAgain(
  {
    task: { id, requester, place, scene, provider, cost },
    origin: { locale, standing },
  }: Pick<Press, 'origin' | 'task'>,
  { store, admission }: AnswerDeps,
): Promise<Reply> {
  const words = messagesFor(locale).request;
  const asked = { requester, place, locale, standing, scene, provider, cost };
  return admission.serialized(asked, async () => {
    const task = await store.tasks.get(id);
    const attempt = doubtful(task);
    if (!task || !attempt) return { type: 'refused', text: words.noDoubt };
    const { answer } = task.requests;
    if (answer?.attempt === attempt.id && answer.choice === 'retry') return { type: 'done', text: words.retrying };
    const refused = await admission.denialReason(asked);
    if (refused !== undefined) return { type: 'refused', text: refused };
    const attemptId = wordRow(attempt.id);
    await store.spend.open(spendRow(task, attemptId));
    const told = await store.tasks.ask(id, { type: 'answer', attempt: attempt.id, choice: 'retry' });
    if (doubtful(told)?.id === attempt.id) return { type: 'done', text: words.retrying };
    // The doubt was over before the word was there.
    await store.spend.settle(attemptId, { cost: 0 });
    return { type: 'refused', text: words.noDoubt };
  });
}

const doubtAction = (choice: 'retry' | 'leave', answer: typeof tryAgain) =>
  defineAction({
    id: choice,
    words: (locale) => messagesFor(locale).actions[choice],
    style: choice === 'retry' ? 'primary' : 'plain',
    who: 'own',
    isOffered: ({ state }) => state === 'unconfirmed',
    run: answer,
  });

/** **Try again** and **Leave it**, under the question. */
export const retryAction = doubtAction('retry', tryAgain);
export const leaveAction = doubtAction('leave', leave);
