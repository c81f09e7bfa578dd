import { createHash } from 'node:crypto';
import type { SpendFilter, Sum } from '../../../src/store/spend.ts';
import type { Store } from '../../../src/store/store.ts';
import type { Whose } from '../../../src/store/tasks.ts';
import { type NewTask, newTaskId, type Task } from '../../../src/task/task.ts';
import type { Clock } from '../../../src/util/clock.ts';

/** A clock that stands still until it is moved. */
export class HandClock implements Clock {
  #now = Date.UTC(2026, 0, 2, 3, 4, 5);
  now = (): number => this.#now;
  sleep = async (ms: number): Promise<void> => this.advance(ms);
  advance(ms: number): void {
    this.#now += ms;
  }
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
    cost: 0,
    picture: { type: 'upload' },
    ...told,
  };
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

/** What was spent since an instant, as a day's limits count it. */
export const spentSince = async (store: Pick<Store, 'count'>, since: number, spent: SpendFilter = {}): Promise<Sum> =>
  (await store.count({ spent, waiting: { provider: 'nobody' }, since, lately: since })).spent;

/** What waits to begin, as a day's limits count it. */
export const waitingOf = async (store: Pick<Store, 'count' | 'now'>, waiting: Whose): Promise<Sum> =>
  (await store.count({ spent: { person: 'nobody' }, waiting, since: store.now(), lately: store.now() })).waiting;

/** All that comes, in order. */
export async function toldBy<T>(source: AsyncIterable<T>): Promise<T[]> {
  const told: T[] = [];
  for await (const each of source) told.push(each);
  return told;
}
