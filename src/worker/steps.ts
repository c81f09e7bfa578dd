import { controlsOf } from '../../commands/admin/controls.ts';
import { setupTrouble } from '../providers/key-parking.ts';
import { MAX_POSITION } from '../store/tasks.ts';
import { leadOf } from '../task/lineage.ts';
import { openJobs, serviceOf, type Task } from '../task/task.ts';
import { allowed } from '../task/transition.ts';
import { withChanges } from '../util/with-changes.ts';
import { deliver, prepare, resolveDoubt } from './deliver.ts';
import { fetchPicture, pictureToFetch } from './fetch.ts';
import { finish } from './finish.ts';
import { fitOwnPictures } from './fit.ts';
import { makeFirstFrame } from './go-on.ts';
import { fail, type Outcome, type StepContext } from './outcome.ts';
import { poll } from './poll.ts';
import { startAtOnce } from './start-at-once.ts';
import { start, submit } from './submit.ts';
import { completeTakes, followLead } from './takes.ts';

/** A picture whose claims were lost so often in a row ends its process each time. One that is put off is let go of. */
const MAX_LOST_CLAIMS = 150;
/** A waiting task's card is looked after the more often the nearer it is to its turn. */
const CARD_WAIT_MS = { perTaskAhead: 2_000, least: 5_000 };
/** Beyond the positions that are counted its card says the same for long, and there may be any number of such tasks. */
const FAR_WAIT_MS = 30 * 60_000;

/** One step of a task: facts and requests come first, then its state. */
export async function step(task: Task, context: StepContext): Promise<Outcome> {
  // A job id that came to light late counts in any state that can still use it.
  if (openJobs(task).length > 0 && allowed(task, 'accepted')) return { type: 'advance', event: { type: 'accepted' } };
  // A job under way is looked at once more before it is cancelled; see `poll`.
  if (task.requests.cancel && task.state !== 'rendering' && allowed(task, 'cancel'))
    return { type: 'advance', event: { type: 'cancel' } };

  switch (task.state) {
    case 'received': {
      if (leadOf(task) !== undefined) return followLead(task, context);
      // Each claim raises the version: a picture that ends the process each time must not do so for ever.
      if (task.version - (task.letGo ?? 0) > MAX_LOST_CLAIMS) return fail({ type: 'broken' });
      await completeTakes(task, context);
      const wanted = pictureToFetch(task);
      if (!wanted) return (await makeFirstFrame(task, context)) ?? fitAndStart(task, context);
      const fetched = await fetchPicture(task, wanted, context);
      const here = fetched.type === 'wait' && fetched.hold ? withChanges(task, fetched.changes ?? {}) : undefined;
      if (!here || pictureToFetch(here)) return fetched;
      // The platform's part is done.
      context.visitor.goTo(undefined);
      // One save for both: it is fetched once more where this process ends between the two.
      const fitted = await fitAndStart(here, context);
      return withChanges(fitted, { changes: withChanges(fetched.changes ?? {}, fitted.changes ?? {}) });
    }
    case 'queued':
      return context.gate ? start(task, context.gate, context) : queue(task, context);
    case 'submitting':
      return submit(task, context);
    case 'unconfirmed':
      return resolveDoubt(task, context);
    case 'rendering':
      return poll(task, context);
    case 'ready':
      return prepare(task, context);
    case 'delivering':
      return deliver(task, context);
    case 'delivered':
    case 'failed':
    case 'cancelled':
      return finish(task, context);
  }
}

const fitAndStart = async (task: Task, context: StepContext): Promise<Outcome> =>
  startAtOnce(task, await fitOwnPictures(task, context), context);

/** Waits for its turn, but not for ever: a task that cannot be started for too long ends in words. A pause does not count. */
async function queue(task: Task, { store, provider, limits }: StepContext): Promise<Outcome> {
  const { isPaused, resumedAt = 0 } = await controlsOf(store);
  const since = isPaused ? store.now() : Math.max(task.at.received ?? 0, resumedAt);
  const left = since + limits.queueMaxMs - store.now();
  if (left <= 0) {
    const trouble = (await setupTrouble(provider, store.cooldowns)) ?? 'transient';
    return fail({ type: trouble });
  }
  const ahead = await store.tasks.ahead(task);
  const lookMs = ahead >= MAX_POSITION ? FAR_WAIT_MS : CARD_WAIT_MS.least + ahead * CARD_WAIT_MS.perTaskAhead;
  return { type: 'wait', wait: Math.min(left, lookMs) };
}

/** The service or platform, with all of its bots, that this step talks to; undefined: none, or its person has to be heard at once. */
export function talksTo(task: Task, { isStart }: { isStart: boolean }): string | undefined {
  const { state, provider, place, requests } = task;
  // Where it was when it was about to be called: a call that was named on record is not put off.
  if (state === 'submitting') return isStart ? provider : undefined;
  if (requests.cancel) return undefined;
  switch (state) {
    case 'received':
      return pictureToFetch(task) && serviceOf(place.platform);
    case 'queued':
      return isStart ? provider : undefined;
    case 'rendering':
      return provider;
    default:
      return serviceOf(place.platform);
  }
}
