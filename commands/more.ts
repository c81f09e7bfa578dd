import { messagesFor } from '../src/messages/messages.ts';
import type { Task } from '../src/task/task.ts';
import { defineAction } from './action.ts';
import type { Action } from './table.ts';

/** What stands on a task's card or clip itself. */
export const frontOf = (task: Task, actions: readonly Action[]): Action[] =>
  actions.filter((action) => action.isOffered(task) && !action.isInMenu?.(task));

/** What stands behind **More**, what takes something away last. */
export const menuOf = (task: Task, actions: readonly Action[]): Action[] =>
  actions
    .filter((action) => action.isOffered(task) && action.isInMenu?.(task))
    .toSorted((a, b) => Number(a.style === 'danger') - Number(b.style === 'danger'));

/** For actions that a clip has behind **More**. */
export const isDelivered = ({ state }: Task): boolean => state === 'delivered';

/** **More**, under a clip: what is pressed less often. */
export const moreAction = defineAction({
  id: 'more',
  words: (locale) => messagesFor(locale).actions.more,
  style: 'plain',
  who: 'here',
  isOffered: isDelivered,
  async run({ origin: { locale }, task }, { actions }) {
    const { text } = messagesFor(locale).actions.more;
    return { type: 'menu', text, task, actions: menuOf(task, actions).map(({ id }) => id) };
  },
});
