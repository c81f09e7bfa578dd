import { messagesFor } from '../src/messages/messages.ts';
import { spendRow } from '../src/store/spend.ts';
import { isOver } from '../src/task/task.ts';
import { withChanges } from '../src/util/with-changes.ts';
import { defineAction } from './action.ts';
import { isDelivered } from './more.ts';

/** So long the messages are the platform's own to take away. */
const BY_PLATFORM_MS = 10_000;

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
  isInMenu: isDelivered,
  removes: true,
  async run({ origin: { locale }, task }, { store }) {
    const words = messagesFor(locale).request;
    if (!isOver(task)) return { type: 'refused', text: words.underWay };
    // What a platform tells again must not begin anew. Where there was an attempt its row knows the request.
    if (task.attempts.length === 0) await store.spend.open(spendRow(withChanges(task, { cost: 0 }), task.id));
    // The platform takes them away at once; the worker goes on where that failed.
    const { id, sent, place } = task;
    const dueAt = store.now() + BY_PLATFORM_MS;
    if (Object.keys(sent).length > 0) await store.removals.put({ id, platform: place.platform, sent, dueAt, tries: 0 });
    await store.tasks.remove(id);
    return { type: 'deleted', text: words.deleted, task };
  },
});
