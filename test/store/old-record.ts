import { expect } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import type { Task } from '../../src/task/task.ts';
import { known } from '../contract/store/tools.ts';

/** Small values as both stores kept them in six tables: the fields of the one row in each. */
export const OLD_VALUES = {
  drafts: { key: '"harbour ada"', data: '{"a":null}', expiresAt: 1767409445000 },
  paces: { kind: '"preview 5"', data: '{"seconds":[1,2]}' },
  parked: { name: '"preview 0a1b2c3d"', until: 1767341045000, reason: 'no-credits' },
  locks: { name: '"telegram"', owner: '"one"', until: 1767323075000 },
  meta: { name: 'mark', as: 'moved away' },
  agreed: { name: '"web-secret"', value: 'c0ffee' },
};

/** All of them but the lock. */
export async function expectOldValues(store: Store): Promise<void> {
  expect(await store.drafts.get('harbour ada')).toEqual({ key: 'harbour ada', data: { a: null } });
  expect(await store.durations.get('preview 5')).toEqual({ seconds: [1, 2] });
  expect(await store.cooldowns.get('preview 0a1b2c3d')).toEqual({ until: 1767341045000, reason: 'no-credits' });
  expect(await store.setOnce('web-secret', 'another')).toBe('c0ffee');
  expect(await store.dump.marked()).toBe('moved away');
}

const original = { width: 4032, height: 3024 };
const found = { width: 10, height: 10 };
const fitted = { original, fitted: { width: 1280, height: 720 }, blob: 'upload', sha256: 'ab', type: 'image/png' };

/** A task as both stores kept it before unions were all told apart by `type`. */
export const OLD_TASK = {
  fixed: {
    id: '000000000000000000000001',
    requestKey: 'k1',
    requester: { id: 'ada', name: 'Ada' },
    place: { platform: 'test', chat: 'harbour' },
    locale: 'en',
    scene: 'waves roll in, slow zoom',
    options: { motion: 5, seed: 42, duration: 5, fit: 'crop' },
    provider: 'preview',
    cost: 0,
  },
  decisions: {
    picture: { type: 'remote', ref: 'photo-1' },
    fitted: { ...fitted, notes: [{ type: 'upright' }, { type: 'cropped', from: original }] },
    attempts: [],
    polls: 0,
    tries: 0,
    failure: { type: 'bad-picture', picture: { type: 'too-small', found, minSide: 320 } },
    at: { received: 1767323045000 },
  },
};

/** What it was searched by. */
export const OLD_KEYS = {
  requestKey: '"k1"',
  requester: '"ada"',
  provider: '"preview"',
  place: '["test","harbour"]',
  at: 1767323045000,
};

/** What it says. */
const TASK_OF_TODAY = {
  picture: { type: 'remote', ref: 'photo-1' },
  fitted: { ...fitted, notes: [{ type: 'upright' }, { type: 'cropped', from: original }] },
  failure: { type: 'bad-picture', picture: { type: 'too-small', found, minSide: 320 } },
};

/** Reads, copies and saves that task as one of today; `decisions` tells what stands there then. */
export async function expectOldTask(store: Store, decisions: () => Promise<unknown>): Promise<void> {
  const task: Task = known(await store.tasks.get(OLD_TASK.fixed.id));
  expect(task).toMatchObject(TASK_OF_TODAY);
  for await (const entry of store.dump.entries('task')) expect(entry.task).toEqual(task);
  await store.tasks.ask(task.id, { type: 'wake' });
  const [claimed] = await store.tasks.claimDue('one', 1);
  expect(await store.tasks.save(known(claimed), { owner: 'one' })).toMatchObject(TASK_OF_TODAY);
  // It is a line of its own from then on, and can be starred.
  expect((await store.tasks.story(task.id, { limit: 5 })).map(({ id }) => id)).toEqual([task.id]);
  expect((await store.tasks.star(task.id, 'bo', true))?.stars).toEqual(['bo']);
  expect(await decisions()).toMatchObject(TASK_OF_TODAY);
}
