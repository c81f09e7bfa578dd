import { messagesFor } from '../src/messages/messages.ts';
import { leadOf } from '../src/task/lineage.ts';
import { isOver } from '../src/task/task.ts';
import { defineAction } from './action.ts';
import { isDelivered } from './more.ts';
import { takeDown } from './take-down.ts';
import { takesOf } from './takes.ts';

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
    const others = (await takesOf(task, store)).filter(({ id }) => id !== task.id);
    // They have their picture from the lead.
    const isAwaited = leadOf(task) === undefined && others.some(({ state }) => state === 'received');
    if (isAwaited) return { type: 'refused', text: words.takesBegin };
    // Where no take came, their one card is all that there is of them.
    const isAll = task.sent.card !== undefined && others.every((take) => isOver(take) && !isDelivered(take));
    if (isAll) for (const other of others) await takeDown(other, store);
    return { type: 'deleted', text: words.deleted, task: await takeDown(task, store) };
  },
});
