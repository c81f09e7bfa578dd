import { messagesFor } from '../src/messages/messages.ts';
import { isOver } from '../src/task/task.ts';
import { defineAction } from './action.ts';

/** **Delete**, under what has ended: the task, its picture and its clip are forgotten. What it spent stays on record. */
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
    await store.tasks.remove(task.id);
    return { type: 'deleted', text: words.deleted, task };
  },
});
