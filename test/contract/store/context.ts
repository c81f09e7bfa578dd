import { afterEach, beforeEach } from 'vitest';
import type { Store } from '../../../src/store/store.ts';
import type { NewTask, Task, TaskState } from '../../../src/task/task.ts';
import type { Clock } from '../../../src/util/clock.ts';
import { HandClock, known, newTask } from './tools.ts';

/** Makes an empty store on this clock. `close` closes it and removes what it left. */
export type OpenStore = (clock: Clock) => Promise<{ store: Store; close(): Promise<void> }>;

export interface Context {
  readonly store: Store;
  readonly clock: HandClock;
}

/** A new, empty store for each test. */
export function useStore(open: OpenStore): Context {
  let store: Store | undefined;
  let clock = new HandClock();
  let close = async () => {};
  beforeEach(async () => {
    clock = new HandClock();
    ({ store, close } = await open(clock));
  });
  afterEach(() => close());
  return {
    get store() {
      if (!store) throw new Error('the store is open within tests only');
      return store;
    },
    get clock() {
      return clock;
    },
  };
}

export const SETUP = 'setup';

/** Records a task and takes it to a state, unleased, due at `dueAt` (absent: not due). */
export async function inState(
  { store, clock }: Context,
  state: TaskState,
  how: { told?: Partial<NewTask>; dueAt?: number; changes?: Partial<Task> } = {},
): Promise<Task> {
  const { task } = await store.tasks.insert(newTask(clock, how.told));
  const claimed = await claim(store, task.id);
  const by = how.dueAt === undefined ? { owner: SETUP } : { owner: SETUP, dueAt: how.dueAt };
  return known(await store.tasks.save({ ...claimed, ...how.changes, state }, by));
}

/** Claims one task that is due; others that were due too are due again at once. */
export async function claim(store: Store, id: string, owner = SETUP): Promise<Task> {
  const claimed = await store.tasks.claimDue(owner, 1000);
  for (const other of claimed) if (other.id !== id) await store.tasks.save(other, { owner, dueAt: store.now() });
  return known(claimed.find((task) => task.id === id));
}
