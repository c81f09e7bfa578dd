import { canBeStopped } from '../../commands/cancel.ts';
import { takeDown } from '../../commands/take-down.ts';
import type { Forgetting } from '../store/forgetting.ts';
import { pages } from '../store/pages.ts';
import type { Store } from '../store/store.ts';
import type { Removal } from '../store/values.ts';
import { LAST_UPLOAD_BLOB, UPLOAD_BLOB } from '../task/blob-names.ts';
import { storyOf } from '../task/lineage.ts';
import type { Task } from '../task/task.ts';
import type { Clock } from '../util/clock.ts';
import { createRounds } from './rounds.ts';

/** What another process left is found so late at most. */
const LOOK_MS = 60_000;
/** While a task is being stopped, or its messages taken away; then the rarer the longer that takes. */
const AGAIN_MS = 1_000;
/** A task that was not stopped by then goes all the same. */
const MAX_STOPPING_MS = 10 * 60_000;
/** Messages that cannot be taken away for so long are still tried, but nothing waits for them. */
const MAX_REMOVING_MS = 60 * 60_000;
/** People, tasks or messages looked at, at once. */
const PAGE = 100;
/** Of the time that this takes it is at rest so many times as long: nobody keeps the record busy by asking again. */
const REST = 10;

export interface ForgettingDeps {
  store: Store;
  clock: Clock;
  /** Messages are to be taken away. */
  onRemovals: () => void;
  /** The task is gone. */
  onForgotten?: (task: Task) => void;
  trouble: (error: unknown, what: string) => void;
}

/** Forgets the people who asked for it, until it is done, also after a restart. Twice at once does no harm. */
export function createForgetting({ store, clock, onRemovals, onForgotten, trouble }: ForgettingDeps) {
  /** Whether a task may go; else it is being stopped. */
  async function isStopped(task: Task, { askedAt }: Forgetting): Promise<boolean> {
    if (!canBeStopped(task) || store.now() - askedAt >= MAX_STOPPING_MS) return true;
    if (!task.requests.cancel) await store.tasks.ask(task.id, { type: 'cancel' });
    return false;
  }

  async function takeAway(task: Task): Promise<void> {
    const last = await takeDown(task, store, { dueAt: store.now() });
    // It may have come since those that name the person were removed.
    await store.shutOut.take(task.id);
    onForgotten?.(last);
  }

  /** SHA-256 of each picture that a task has here, as it came. */
  const picturesOf = async (id: string): Promise<(string | undefined)[]> =>
    Promise.all([UPLOAD_BLOB, LAST_UPLOAD_BLOB].map(async (name) => (await store.blobs.stat(id, name))?.sha256));

  /** Whether a take holds what another brought into its line: its clip, or a picture in place of one that could not be used. */
  async function hasOf(task: Task, take: Task): Promise<boolean> {
    if (take.id === task.id || task.shows !== undefined) return false;
    if (take.goesOn && take.goesOn.blob === task.clip?.blob) return true;
    if (take.from !== task.id || !take.last) return false;
    const [first, own, others] = await Promise.all([storyOf(task), task.id, take.id].map(picturesOf));
    return own?.some((hash) => hash !== undefined && others?.includes(hash) && !first?.includes(hash)) ?? false;
  }

  /**
   * Forgets the other takes of a line that hold what a task brought into it, whoever asked for them: all, of the first, whose
   * the picture is. What holds something of such a take goes before it. Whether all of them are gone.
   */
  async function forgetTakes(task: Task, forgetting: Forgetting): Promise<boolean> {
    const isFirst = storyOf(task) === task.id;
    let areGone = true;
    for await (const takes of pages((after?: Task) => store.tasks.story(storyOf(task), { limit: PAGE, after })))
      for (const take of takes) {
        if (isFirst ? take.id === task.id : !(await hasOf(task, take))) continue;
        const isStill = await isStopped(take, forgetting);
        if (isStill && (isFirst || (await forgetTakes(take, forgetting)))) await takeAway(take);
        else areGone = false;
      }
    return areGone;
  }

  /** Whether all of them are gone. */
  async function forgetTasks(forgetting: Forgetting, stopping: AbortSignal): Promise<boolean> {
    const { person, askedAt } = forgetting;
    let areGone = true;
    const isTheirs = ({ requester, at }: Task) => requester.id === person && (at.received ?? 0) <= askedAt;
    for await (const own of pages((before?: Task) => store.tasks.ofPerson(person, { limit: PAGE, before })))
      for (const task of own.filter(isTheirs)) {
        if (stopping.aborted) return false;
        const isStill = await isStopped(task, forgetting);
        // By it the others are found: it goes last.
        if ((await forgetTakes(task, forgetting)) && isStill) await takeAway(task);
        else areGone = false;
      }
    return areGone;
  }

  async function takeStarsBack(person: string): Promise<void> {
    for await (const starred of pages((last?: Task) => store.tasks.starredBy(person, { limit: PAGE, after: last?.id })))
      for (const { id } of starred) await store.tasks.star(id, person, false);
  }

  /** Once, for none of this tells when it came: what a person does while tasks are being stopped is theirs to keep. */
  async function forgetValues(forgetting: Forgetting): Promise<void> {
    const { person } = forgetting;
    await takeStarsBack(person);
    await store.forgetting.removeValues(person);
    await store.chatSettings.forgetPerson(person);
    await store.forgetting.valuesGone(forgetting);
  }

  /** Whether messages of theirs are still to be taken away. */
  async function hasRemovals(person: string): Promise<boolean> {
    for await (const open of pages((last?: Removal) => store.removals.open(PAGE, last?.id)))
      if (open.some((removal) => removal.person === person)) return true;
    return false;
  }

  /** Whether nothing more has to be waited for. */
  async function forget(forgetting: Forgetting, stopping: AbortSignal): Promise<boolean> {
    const { person, askedAt } = forgetting;
    const areGone = await forgetTasks(forgetting, stopping);
    if (!forgetting.hasNoValues) await forgetValues(forgetting);
    const areShown = await hasRemovals(person);
    if (areShown) onRemovals();
    return areGone && (!areShown || store.now() - askedAt > MAX_REMOVING_MS);
  }

  function later(error: unknown): false {
    trouble(error, 'somebody who asked for it could not be forgotten yet');
    return false;
  }

  /** Returns for how long there is nothing to do. */
  async function forgetAll(stopping: AbortSignal): Promise<number> {
    let areDone = false;
    let waitMs = LOOK_MS;
    for await (const open of pages((last?: Forgetting) => store.forgetting.open(PAGE, last))) {
      const done: Forgetting[] = [];
      // What is wrong with one holds up nobody else.
      for (const each of open)
        if (await forget(each, stopping).catch(later)) done.push(each);
        else waitMs = Math.min(waitMs, Math.max(AGAIN_MS, store.now() - each.askedAt));
      if (stopping.aborted) return 0;
      for (const each of done) await store.forgetting.done(each);
      areDone ||= done.length > 0;
    }
    // Only then nothing of them is in what files keep of rows that are gone.
    if (areDone) await store.sweep();
    return waitMs;
  }

  async function round(stopping: AbortSignal): Promise<number> {
    const began = clock.now();
    try {
      return await forgetAll(stopping);
    } finally {
      await clock.sleep(REST * (clock.now() - began), stopping);
    }
  }

  return createRounds({
    clock,
    round,
    failed(error) {
      later(error);
      return AGAIN_MS;
    },
  });
}
