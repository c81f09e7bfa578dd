import { isDeepStrictEqual } from 'node:util';
import { MAX_JOINED_MS } from '../src/media/clips/join.ts';
import { messagesFor } from '../src/messages/messages.ts';
import { creditsOf, sizesFor } from '../src/providers/models.ts';
import type { Task } from '../src/task/task.ts';
import { controlsOf, hasRefused } from './admin/controls.ts';
import { hasRoom } from './again.ts';
import { keptOptions, seedProblem } from './model-offers.ts';
import { checkRequest, type RecordDeps, type WantedOptions } from './record.ts';

/** A claim for its card holds a task for moments: so often it is tried again, so many milliseconds later. */
const TRIES = 5;
const PAUSE_MS = 150;

/** What became of other words for a request that is on record. */
export type Reworded =
  /** It waited still: they are what will be made. */
  | { outcome: 'reworded'; task: Task }
  /** They say what it says already. */
  | { outcome: 'same' }
  | { outcome: 'refused'; text: string }
  /** It is being made, is done, or would cost something else: another take is another request. */
  | { outcome: 'late' };

/** Gives a request that waits other words, so that they are made, and paid for, in place of the first ones. */
export async function reword(
  { task, scene, options, locale }: { task: Task; scene: string; options: WantedOptions; locale: string },
  { store, provider, pause }: Pick<RecordDeps, 'store' | 'provider'> & { pause(ms: number): Promise<void> },
): Promise<Reworded> {
  // A request that waits is asked for by its first words no more.
  if (hasRefused(scene, (await controlsOf(store)).refused))
    return { outcome: 'refused', text: messagesFor(locale).admin.refusedScene };
  const { goesOn } = task;
  const { fit } = task.options;
  const check = (words: { scene: string; options: WantedOptions }) =>
    checkRequest(
      { scene: words.scene, options: words.options, hasLast: task.last !== undefined, locale },
      { provider, defaultFit: fit },
    );
  const kept = keptOptions(provider, task.options, options.model);
  // What goes on from a clip begins where that ends.
  const checked = check({ scene, options: { ...kept, ...options, ...(goesOn && { frame: undefined }) } });
  if ('refused' in checked) return { outcome: 'refused', text: checked.refused };
  if (goesOn && !hasRoom(goesOn, checked.options.duration))
    return { outcome: 'refused', text: messagesFor(locale).actions.continue.tooLong(MAX_JOINED_MS / 1000) };
  const unheeded = seedProblem(provider, { model: checked.options.model, seed: options.seed }, locale);
  if (unheeded !== undefined) return { outcome: 'refused', text: unheeded };
  if (isDeepStrictEqual(checked, check(task))) return { outcome: 'same' };
  // The other takes would keep the first words.
  if (task.take) return { outcome: 'late' };
  const costsTheSame = creditsOf(provider, checked.options) === task.cost;
  if (task.provider !== provider.name || !costsTheSame) return { outcome: 'late' };
  const sizes = [checked, task].map((one) => sizesFor(provider, one.options));
  const cuts = [checked, task].map((one) => [one.options.fit, one.options.focus]);
  const staysFitted = isDeepStrictEqual([sizes[0], cuts[0]], [sizes[1], cuts[1]]);
  for (let tries = 0; tries < TRIES; tries++) {
    const now = tries === 0 ? task : await store.tasks.get(task.id);
    // A picture that was made to fit stays as it is.
    const canChange = now?.state === 'received' || (now?.state === 'queued' && staysFitted);
    if (!canChange || now.requests.cancel) return { outcome: 'late' };
    const state = now.state === 'received' ? 'received' : 'queued';
    const reworded = await store.tasks.reword(task.id, checked, state);
    if (reworded) return { outcome: 'reworded', task: reworded };
    await pause(PAUSE_MS);
  }
  return { outcome: 'late' };
}
