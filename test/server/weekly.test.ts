import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { messagesFor } from '../../src/messages/messages.ts';
import { startWeekly, type Week } from '../../src/server/weekly.ts';
import { recordedTask } from '../../src/store/task-record.ts';
import type { TaskState } from '../../src/task/task.ts';
import { newTask } from '../contract/store/tools.ts';
import { createRig, type Rig } from '../helpers/rig.ts';

const log = pino({ level: 'silent' });
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MONDAY = Date.UTC(2023, 10, 20, 9);
const OWNERS = ['test:olga', 'test:otto'];

let rig: Rig;
let told: string[];
let reached: (owner: string) => Promise<boolean>;
let stops: (() => void)[];
beforeEach(async () => {
  rig = await createRig();
  [told, reached, stops] = [[], async () => true, []];
});
afterEach(async () => {
  for (const stop of stops) stop();
  await rig.close();
});

function start({ keepMs = 30 * DAY_MS }: { keepMs?: number } = {}): () => void {
  const tell = async (owner: string, text: string) => {
    const isReached = await reached(owner);
    if (isReached) told.push(`${owner}: ${text}`);
    return isReached;
  };
  const stop = startWeekly({ owners: OWNERS, tell, keepMs, store: rig.store, clock: rig.clock, log });
  stops.push(stop);
  return stop;
}

const until = (instant: number): Promise<void> => rig.clock.advance(instant - rig.clock.now());

/** Somebody had a clip made now. */
async function made(person: string, state: TaskState, cost = 1): Promise<void> {
  const { store, clock } = rig;
  await clock.advance(1);
  const task = { ...recordedTask(newTask(clock, { cost }), { rank: 0, now: clock.now() }), state };
  await store.dump.put({ type: 'task', task, endedAt: clock.now() });
  await store.spend.open({ attemptId: task.id, person, provider: 'scripted', cost, request: task.id });
}

const said = (week: Week, before?: Week): string => messagesFor('en').admin.weekly({ week, before });
const WEEK: Week = { clips: 2, failed: 1, people: 2, credits: 7 };
const WEEK_BEFORE: Week = { clips: 1, failed: 0, people: 1, credits: 5 };

/** Two weeks of clips, the last of them the one that is told of. */
async function twoWeeks(): Promise<void> {
  await until(MONDAY - 7 * DAY_MS + 9 * HOUR_MS);
  await made('ada', 'delivered', 5);
  await until(MONDAY - 6 * DAY_MS);
}

describe('the weekly line', () => {
  test('comes on Monday at nine, once for each owner, whichever of several processes tells it and after restarts', async () => {
    await until(MONDAY - 6 * DAY_MS);
    for (const [person, state, cost] of [
      ['ada', 'delivered', 1],
      ['ben', 'delivered', 2],
      ['ada', 'failed', 4],
    ] as const)
      await made(person, state, cost);
    await until(MONDAY - HOUR_MS);
    start();
    start();
    await until(MONDAY - 1);
    expect(told).toEqual([]);
    await rig.clock.advance(HOUR_MS);
    const quiet: Week = { clips: 0, failed: 0, people: 0, credits: 0 };
    expect(told.toSorted()).toEqual(OWNERS.map((owner) => `${owner}: ${said(WEEK, quiet)}`));
    for (const stop of stops) stop();
    start();
    await rig.clock.advance(5 * HOUR_MS);
    // Two days later there is no record of it any more, and nothing is told either.
    await rig.clock.advance(2 * DAY_MS);
    expect(told).toHaveLength(2);
  });

  test('compares with the week before, where that is still on record', async () => {
    await twoWeeks();
    await until(MONDAY + 6 * DAY_MS);
    for (const person of ['ada', 'ben']) await made(person, 'delivered');
    await made('ada', 'failed', 5);
    await until(MONDAY + 7 * DAY_MS);
    const stop = start();
    await rig.clock.advance(HOUR_MS);
    stop();
    expect(told).toContain(`test:olga: ${said(WEEK, WEEK_BEFORE)}`);
    told = [];
    await rig.store.cooldowns.end(`weekly:${MONDAY + 7 * DAY_MS}:test:olga`);
    start({ keepMs: 10 * DAY_MS });
    await rig.clock.advance(HOUR_MS);
    expect(told).toEqual([`test:olga: ${said(WEEK)}`]);
  });

  test('is in the language that they were answered in last', async () => {
    await until(MONDAY - HOUR_MS);
    await made('ada', 'delivered');
    const asked = newTask(rig.clock, { requester: { id: 'test:olga', name: 'Olga' }, locale: 'de' });
    await rig.store.tasks.insert(asked);
    start({ keepMs: 10 * DAY_MS });
    await until(MONDAY + HOUR_MS);
    const week = { clips: 1, failed: 0, people: 1, credits: 1 };
    expect(told).toEqual([
      `test:olga: ${messagesFor('de').admin.weekly({ week })}`,
      `test:otto: ${messagesFor('en').admin.weekly({ week })}`,
    ]);
  });

  test('is not told where nothing happened', async () => {
    await until(MONDAY - HOUR_MS);
    start();
    await rig.clock.advance(DAY_MS);
    expect(told).toEqual([]);
  });

  test('is tried again that day for who was not reached, and for no other', async () => {
    await until(MONDAY - HOUR_MS);
    await made('ada', 'delivered');
    reached = async (owner) => owner !== 'test:otto' || rig.clock.now() > MONDAY + 5 * HOUR_MS;
    start();
    await until(MONDAY + 4 * HOUR_MS);
    expect(told).toHaveLength(1);
    await until(MONDAY + 6 * HOUR_MS);
    expect(told.map((each) => each.slice(0, 9))).toEqual(OWNERS);
  });

  test('is left out rather than told twice where the process is killed while it tells', async () => {
    await until(MONDAY - HOUR_MS);
    await made('ada', 'delivered');
    const killed = start();
    reached = async (owner) => {
      told.push(owner);
      killed();
      return new Promise(() => {});
    };
    await until(MONDAY + HOUR_MS);
    reached = async () => true;
    start();
    await until(MONDAY + 3 * HOUR_MS);
    expect(told.filter((each) => each.startsWith('test:olga'))).toEqual(['test:olga']);
  });
});
