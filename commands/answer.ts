import { messagesFor } from '../src/messages/messages.ts';
import { defineAction } from './action.ts';

/** The person's word on a submit of unknown outcome: try again although it may cost twice, or leave it. */
const doubtAction = (choice: 'retry' | 'leave') =>
  defineAction({
    id: choice,
    words: (locale) => messagesFor(locale).actions[choice],
    style: choice === 'retry' ? 'primary' : 'plain',
    who: 'own',
    isOffered: ({ state }) => state === 'unconfirmed',
    async run({ origin: { locale }, task }, { store }) {
      const words = messagesFor(locale).request;
      const attempt = task.attempts.at(-1);
      if (task.state !== 'unconfirmed' || !attempt) return { type: 'refused', text: words.noDoubt };
      // It names the attempt, so that pressing twice, or late, is no answer to a later question.
      await store.tasks.ask(task.id, { type: 'answer', attempt: attempt.id, choice });
      return { type: 'done', text: choice === 'retry' ? words.retrying : words.leaving };
    },
  });

/** **Try again** and **Leave it**, under the question. */
export const retryAction = doubtAction('retry');
export const leaveAction = doubtAction('leave');
