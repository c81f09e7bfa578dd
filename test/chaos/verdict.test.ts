import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Store } from '../../src/store/store.ts';
import type { Task } from '../../src/task/task.ts';
import { sha256 } from '../../src/util/hash.ts';
import { inState } from '../contract/store/context.ts';
import { HandClock } from '../contract/store/tools.ts';
import { createBooks } from '../fakes/books.ts';
import type { Event } from './process.ts';
import { judge } from './verdict.ts';

const clock = new HandClock();
let dir: string;
let store: Store;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-verdict-'));
  store = await openSqliteStore({ dir, clock });
});
afterEach(async () => {
  await store.close();
  await rm(dir, { recursive: true });
});

const recorded = (scene: string, state: Task['state'], changes: Partial<Task> = {}): Promise<Task> =>
  inState({ store, clock }, state, { told: { scene, requestKey: scene }, dueAt: clock.now(), changes });

const billed = (scene: string) =>
  store.spend.open({ attemptId: scene, person: 'p', provider: 'x', cost: 1, request: sha256(scene) });

/** What is wrong where so many jobs were accepted and so many clips shown of each scene. */
async function wrongWith(
  seen: Record<string, { accepted: number; shown: number }>,
  events: Event[] = [],
): Promise<string[]> {
  const scenes = Object.keys(seen);
  const { report } = createBooks({});
  for (const [scene, { accepted }] of Object.entries(seen))
    for (let n = 0; n < accepted; n++)
      report.accepted.push({
        id: `${scene} ${n}`,
        key: 'k',
        scene,
        size: '1280x720',
        duration: 5,
        credits: 1,
        acceptedAt: new Date(clock.now()).toISOString(),
      });
  const clips = new Map(Object.entries(seen).map(([scene, { shown }]) => [scene, shown]));
  return (await judge({ store, report, seen: { scenes, heard: new Set(scenes), clips }, events, budget: 5 })).wrong;
}

test('a verdict is clean where each was paid for, billed and shown once', async () => {
  await recorded('waves', 'delivered');
  await billed('waves');
  expect(await wrongWith({ waves: { accepted: 1, shown: 1 } })).toEqual([]);
});

test('a verdict names what was lost, paid for twice, on no bill, shown twice or not at all', async () => {
  for (const scene of ['paid twice', 'unbilled', 'shown twice', 'unseen']) await recorded(scene, 'delivered');
  for (const scene of ['paid twice', 'shown twice', 'unseen']) await billed(scene);
  const wrong = await wrongWith({
    lost: { accepted: 0, shown: 0 },
    'paid twice': { accepted: 2, shown: 1 },
    unbilled: { accepted: 1, shown: 1 },
    'shown twice': { accepted: 1, shown: 2 },
    unseen: { accepted: 1, shown: 0 },
  });
  expect(wrong).toEqual([
    '"lost" was lost',
    '"paid twice" was paid for 2 times',
    '"paid twice" was paid for and is on no bill',
    '"unbilled" was paid for and is on no bill',
    'the clip of "shown twice" was shown 2 times',
    'the clip of "unseen" is delivered and nobody saw it',
  ]);
});

test('a verdict names who is in doubt for nothing, and who failed', async () => {
  const attempt = { id: 'a1', at: clock.now() };
  const { id } = await recorded('in doubt', 'unconfirmed', { attempts: [attempt] });
  await store.tasks.recordAccepted(id, attempt.id, 'job');
  await recorded('failed', 'failed', { failure: { type: 'broken' } });
  const none = { accepted: 0, shown: 0 };
  const wrong = await wrongWith({ 'in doubt': none, failed: none });
  expect(wrong).toEqual([
    '"in doubt" is unconfirmed, and its job is on record',
    '"in doubt" is unconfirmed, and nobody died over it',
    expect.stringContaining('"failed" ended as failed'),
  ]);
});

test('a verdict holds nobody for whole who was stopped over a submit, also where its word of that is read late', async () => {
  const { id: task } = await recorded('in doubt', 'unconfirmed', { attempts: [{ id: 'a1', at: clock.now() }] });
  const of = { at: 0, process: 'worker 3' };
  const moved = (to: string): Event => ({ ...of, what: 'moved', task, to });
  const stopped: Event[] = [
    { ...of, what: 'started' },
    { ...of, what: 'paused' },
  ];
  const after: Event[] = [{ ...of, what: 'resumed' }, moved('unconfirmed')];
  const wrong = (events: Event[]) => wrongWith({ 'in doubt': { accepted: 0, shown: 0 } }, events);
  expect(await wrong([...stopped, moved('submitting'), ...after])).toEqual([]);
  expect(await wrong([...stopped, ...after.slice(0, 1), moved('submitting'), moved('unconfirmed')])).toEqual([
    '"in doubt" is unconfirmed, and nobody died over it',
  ]);
});
