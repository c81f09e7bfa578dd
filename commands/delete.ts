import { messagesFor } from '../src/messages/messages.ts';
import { isOver } from '../src/task/task.ts';
import { defineAction } from './action.ts';
import { isDelivered } from './more.ts';
import { takeDown } from './take-down.ts';

/** **Delete**, under what has ended: the task, its picture and its clip are forgotten, wherever the clip is shown. */
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
    // What only shows a clip costs nothing, and may be taken back while it is being shown.
    if (!isOver(task) && task.shows === undefined) return { type: 'refused', text: words.underWay };
    return { type: 'deleted', text: words.deleted, task: await takeDown(task, store) };
  },
});
