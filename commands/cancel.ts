import { z } from 'zod';
import { messagesFor } from '../src/messages/messages.ts';
import type { Store } from '../src/store/store.ts';
import { leadOf } from '../src/task/lineage.ts';
import { isOver, type Task } from '../src/task/task.ts';
import { TRANSITIONS } from '../src/task/transition.ts';
import { defineAction } from './action.ts';
import { defineCommand } from './command.ts';
import type { Reply } from './reply.ts';
import type { RequestOrigin } from './table.ts';
import { takesOf } from './takes.ts';

/** Looked through for tasks under way: so many a page, so many pages. */
const PAGE = 100;
const MAX_PAGES = 20;
/** Offered to choose from. */
const MAX_CHOICES = 25;

export const canBeStopped = ({ state }: Task): boolean =>
  TRANSITIONS[state].cancel !== undefined || state === 'submitting' || state === 'unconfirmed';

/** Asks for a task to be stopped; the worker decides, after a last look at a job under way. */
export async function cancel(
  { task, locale }: { task: Task; locale: string },
  { store }: { store: Store },
): Promise<Reply> {
  const { request: words, status } = messagesFor(locale);
  if (!canBeStopped(task)) return { type: 'refused', text: words.tooLate };
  await store.tasks.ask(task.id, { type: 'cancel' });
  return { type: 'done', text: isCalled(task) ? status.stoppingPerhaps : status.stopping };
}

/** The same for all takes that were asked for together with it. */
export async function cancelAll(
  { task, locale }: { task: Task; locale: string },
  deps: { store: Store },
): Promise<Reply> {
  const takes = await takesOf(task, deps.store);
  const [first = task, ...others] = takes.filter(canBeStopped);
  for (const other of others) await cancel({ task: other, locale }, deps);
  return cancel({ task: first, locale }, deps);
}

/** Whether a job may be under way, which may be done before it is stopped. */
export const isCalled = ({ state }: Task): boolean => state !== 'received' && state !== 'queued';

const isUnderWay = (task: Task): boolean => !isOver(task) && task.state !== 'ready' && task.state !== 'delivering';

/** **Cancel**, under a card. */
export const cancelAction = defineAction({
  id: 'cancel',
  words: (locale) => messagesFor(locale).actions.cancel,
  style: 'plain',
  who: 'own',
  isOffered: (task) => isUnderWay(task) && task.state !== 'unconfirmed' && !task.requests.cancel,
  async run({ origin: { locale }, task }, deps) {
    const reply = await cancel({ task, locale }, deps);
    return reply.type === 'done' ? { ...reply, isOnCard: true } : reply;
  },
});

/** **Cancel all**, under the card of several takes. */
export const cancelAllAction = defineAction({
  id: 'cancel-all',
  words: (locale) => messagesFor(locale).actions.cancelAll,
  style: 'plain',
  who: 'own',
  // It stands under the card of several takes only.
  isOffered: () => false,
  async run({ origin: { locale }, task }, deps) {
    const reply = await cancelAll({ task, locale }, deps);
    return reply.type === 'done' ? { ...reply, isOnCard: true } : reply;
  },
});

/** `/cancel`: stops the one clip that is being made for the person here; asks which, where there are several. */
export const cancelCommand = defineCommand({
  name: 'cancel',
  words: (locale) => messagesFor(locale).commands.cancel,
  options: z.object({}),
  async run(origin, _options, deps) {
    const words = messagesFor(origin.locale).request;
    const [only, ...others] = await underWay(origin, deps.store);
    if (!only) return { type: 'refused', text: words.nothingToCancel };
    if (others.length === 0) {
      const reply = await cancelAll({ task: only, locale: origin.locale }, deps);
      // Its answer stays, and would still say "Stopping it" beside "Cancelled".
      return reply.type === 'done' ? { type: 'done', text: words.cancelHeard } : reply;
    }
    return {
      type: 'choice',
      text: words.cancelWhich,
      action: cancelAllAction.id,
      tasks: [only, ...others].slice(0, MAX_CHOICES),
    };
  },
});

function oneOfEachRequest(tasks: readonly Task[]): Task[] {
  const requests = new Map<string, Task>();
  for (const task of tasks) {
    const lead = leadOf(task);
    if (lead === undefined || !requests.has(lead)) requests.set(lead ?? task.id, task);
  }
  return [...requests.values()];
}

/** A person's tasks under way in a chat and its threads, as far back as it takes to find one; of several takes the lead. */
async function underWay({ place, requester }: RequestOrigin, store: Store): Promise<Task[]> {
  let before: Task | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const page = await store.tasks.conversation(place, { limit: PAGE, before });
    const own = page.filter((task) => task.requester.id === requester.id && isUnderWay(task));
    if (own.length > 0 || page.length < PAGE) return oneOfEachRequest(own);
    before = page.at(-1);
  }
  return [];
}
