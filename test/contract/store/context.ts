import { createHash } from 'node:crypto';
import { afterEach, beforeEach } from 'vitest';
import type { Clock } from '../../../src/ops/clock.ts';
import type { Store } from '../../../src/store/store.ts';
import { type NewTask, newTaskId, type Task, type TaskState } from '../../../src/task/task.ts';

/** Makes an empty store on this clock. `close` closes it and removes what it left. */
export type OpenStore = (clock: Clock) => Promise<{ store: Store; close(): Promise<void> }>;

/** A clock that stands still until it is moved. */
export class HandClock implements Clock {
  #now = Date.UTC(2026, 0, 2, 3, 4, 5);
  now = (): number => this.#now;
  sleep = async (ms: number): Promise<void> => this.advance(ms);
  advance(ms: number): void {
    this.#now += ms;
  }
}

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

let made = 0;

/** A request of its own key; `told` replaces any part of it. */
export function newTask(clock: Clock, told: Partial<NewTask> = {}): NewTask {
  made++;
  return {
    id: newTaskId(clock.now()),
    requestKey: `test:${made}`,
    requester: { id: 'ada', name: 'Ada' },
    place: { platform: 'test', chat: 'harbour' },
    locale: 'en',
    scene: 'waves roll in, slow zoom',
    options: { motion: 5, seed: 42, duration: 5, fit: 'crop' },
    provider: 'preview',
    picture: { kind: 'upload' },
    ...told,
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

/** What must be there. */
export function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('expected something, got undefined');
  return value;
}

export const ids = (tasks: Task[]): string[] => tasks.map((task) => task.id);

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export async function whole(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}
