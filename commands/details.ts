import { messagesFor } from '../src/messages/messages.ts';
import { heededOptions } from '../src/providers/models.ts';
import { isOver, type Task } from '../src/task/task.ts';
import { defineAction } from './action.ts';
import { isDelivered } from './more.ts';

/** Credits that its attempts cost, at most: one that was certainly refused cost nothing. */
const spentOn = ({ attempts, cost }: Task): number => attempts.filter(({ over }) => over !== 'refused').length * cost;

/** **Details**, under what has ended: what the operator or a second try may want to know of it. */
export const detailsAction = defineAction({
  id: 'details',
  words: (locale) => messagesFor(locale).actions.details,
  style: 'plain',
  who: 'here',
  isOffered: isOver,
  isInMenu: isDelivered,
  async run({ origin: { locale }, task }, { provider, providers = [provider] }) {
    const { id, state, at } = task;
    const madeBy = providers.find(({ name }) => name === task.provider);
    const options = heededOptions(madeBy, task.options);
    const endedAt = isOver(task) ? at[state] : undefined;
    const told = { id, options, credits: spentOn(task), isSure: state === 'delivered', askedAt: at.received, endedAt };
    return { type: 'details', text: messagesFor(locale).details(told) };
  },
});
