import { messagesFor } from '../src/messages/messages.ts';
import { spendRow } from '../src/store/spend.ts';
import { isOver } from '../src/task/task.ts';
import { withChanges } from '../src/util/with-changes.ts';
import { defineAction } from './action.ts';

/**
 * **Delete**, under what has ended: the task, its picture and its clip are forgotten. What it spent stays on record, and
 * that there was such a request.
 */
export const deleteAction = defineAction({
  id: 'delete',
  words: (locale) => messagesFor(locale).actions.delete,
  style: 'danger',
  who: 'own',
  isOffered: isOver,
  removes: true,
  async run({ origin: { locale }, task }, { store }) {
    const words = messagesFor(locale).request;
    if (!isOver(task)) return { type: 'refused', text: words.underWay };
    // What a platform tells again must not begin anew. Where there was an attempt its row knows the request.
    if (task.attempts.length === 0) await store.spend.open(spendRow(withChanges(task, { cost: 0 }), task.id));
    await store.tasks.remove(task.id);
    return { type: 'deleted', text: words.deleted, task };
  },
});
