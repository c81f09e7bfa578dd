import { messagesFor } from '../src/messages/messages.ts';
import { defineAction } from './action.ts';
import { isDelivered } from './more.ts';

/**
 * **Report**, under a clip that somebody else asked for: those who look after the chat are told by a line that has
 * **Delete** under it; so is the operator, in the log. One's own is one's own to delete.
 */
export const reportAction = defineAction({
  id: 'report',
  words: (locale) => messagesFor(locale).actions.report,
  style: 'plain',
  who: 'here',
  isOffered: isDelivered,
  isInMenu: isDelivered,
  async run({ origin: { requester, locale }, task }, { store, admission }) {
    const words = messagesFor(locale).actions.report;
    if (task.requester.id === requester.id) return { type: 'refused', text: words.own };
    const tooMany = await admission.reportDenial({ id: task.id, requester, locale });
    if (tooMany !== undefined) return { type: 'refused', text: tooMany };
    await store.tasks.ask(task.id, { type: 'report' });
    return { type: 'done', text: words.done };
  },
});
