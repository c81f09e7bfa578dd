import { spendRow } from '../src/store/spend.ts';
import type { Store } from '../src/store/store.ts';
import type { Task } from '../src/task/task.ts';
import { withChanges } from '../src/util/with-changes.ts';
import { takesOf, tellCardHolder } from './takes.ts';

/** So long the messages of what was pressed are the platform's own to take away; the worker goes on where that failed. */
const BY_PLATFORM_MS = 10_000;
/** Looked up at once. */
const SHOWS = 100;

/**
 * Forgets a task, its picture, its clip and its link, and whatever shows the clip elsewhere; their messages are taken
 * away, by the worker from `dueAt` on. What was spent stays on record, and that there was such a request. Returns the task
 * as it last was.
 */
export async function takeDown(
  task: Task,
  store: Store,
  { dueAt = store.now() + BY_PLATFORM_MS }: { dueAt?: number } = {},
): Promise<Task> {
  // First: while its task is there, what is left of this can be done again.
  await takeDownShows(task, store);
  const last = await forget(task, store, dueAt);
  // One may have come in between; none can from now on.
  await takeDownShows(task, store);
  return last;
}

async function takeDownShows({ id }: Task, store: Store): Promise<void> {
  for (;;) {
    const shows = await store.tasks.showsOf(id, SHOWS);
    for (const show of shows) await forget(show, store, store.now());
    if (shows.length < SHOWS) return;
  }
}

/** From `dueAt` on the worker takes its messages away. */
async function forget(task: Task, store: Store, dueAt: number): Promise<Task> {
  // What a platform tells again must not begin anew. Where there was an attempt its row knows the request.
  if (task.attempts.length === 0) await store.spend.open(spendRow(withChanges(task, { cost: 0 }), task.id));
  const { id, place, requester, locale } = task;
  const takeAway = async (sent: Task['sent']): Promise<void> => {
    const removal = { id, platform: place.platform, person: requester.id, locale, sent, dueAt, tries: 0 };
    if (Object.keys(sent).length > 0) await store.removals.put(removal);
  };
  const heir = await handOver(task, store);
  const own = (sent: Task['sent']) => (heir ? withoutCard(sent) : sent);
  await takeAway(own(task.sent));
  const last = (await store.tasks.remove(id)) ?? task;
  // The card of several takes no longer shows it.
  if (heir) await store.tasks.ask(heir, { type: 'wake' });
  else await tellCardHolder(task, store);
  // Something may have been shown since it was read.
  if (Object.keys(last.sent).length > Object.keys(task.sent).length) await takeAway(own(last.sent));
  return withChanges(last, { sent: own(last.sent) });
}

/** Kinds of messages that are about all takes of a request. */
const isOfAll = (kind: string): boolean => kind === 'card' || kind.startsWith('notice-failed-');

/** Gives the card of several takes, and what was said of all, to the first other one that is there; returns its id. */
async function handOver(task: Task, store: Store): Promise<string | undefined> {
  const { card, clip } = task.sent;
  // It may have become the clip.
  if (!task.take || card === undefined || card === clip) return undefined;
  for (const { id } of (await takesOf(task, store)).filter((each) => each.id !== task.id)) {
    if ((await store.tasks.recordSent(id, 'card', card)) !== card) continue;
    for (const [kind, message] of Object.entries(task.sent))
      if (isOfAll(kind)) await store.tasks.recordSent(id, kind, message);
    return id;
  }
  return undefined;
}

/** Without the card, by whichever names it is on record, and what was said of all. */
const withoutCard = (sent: Task['sent']): Task['sent'] =>
  Object.fromEntries(Object.entries(sent).filter(([kind, message]) => !isOfAll(kind) && message !== sent.card));
