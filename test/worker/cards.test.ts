import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { actions } from '../../commands/index.ts';
import type { Card, Sent } from '../../src/chat/chat.ts';
import { cardOf } from '../../src/chat/kit/card-view.ts';
import { StoreUnavailable } from '../../src/store/store.ts';
import type { Task } from '../../src/task/task.ts';
import { createCardDesk } from '../../src/worker/cards.ts';
import { createRig, type Rig } from '../helpers/rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(async () => {
  await rig.close();
});

const refused: Sent = { outcome: 'retry', reason: 'no connection' };

/** A desk whose chat gives these answers, the last one again and again (none: it breaks off); what it was asked to show, and when. */
function deskWith(
  answers: Sent[],
  makeCard = async (task: Task): Promise<Card> => cardOf(task, 0, { actions }),
  yieldWhileBusy = async () => {},
) {
  const { store, clock, chat } = rig;
  const calls: { afterMs: number; status: string }[] = [];
  const began = clock.now();
  const messenger = {
    ...chat,
    async showCard(_task: Task, { status }: Card): Promise<Sent> {
      calls.push({ afterMs: clock.now() - began, status });
      const answer = answers[Math.min(calls.length, answers.length) - 1];
      if (!answer) throw new StoreUnavailable('gone');
      return answer;
    },
  };
  const desk = createCardDesk({
    store,
    clock,
    random: () => 0,
    cardView: { shown: makeCard },
    owner: 'one',
    log: pino({ level: 'silent' }),
    messengerOf: () => messenger,
    yieldWhileBusy,
  });
  return { desk, calls, times: () => calls.map(({ afterMs }) => afterMs) };
}

test('a new task’s first card gives way to nothing, for it may be the answer; what follows does', async () => {
  const task = await rig.ask();
  let yields = 0;
  const { desk, calls } = deskWith([{ outcome: 'shown' }], undefined, async () => {
    yields++;
  });
  desk.offer(task);
  await rig.clock.advance(0);
  expect([calls.length, yields]).toEqual([1, 0]);
  const [claimed] = await rig.store.tasks.claimDue('one', 1);
  if (!claimed) throw new Error('nothing was due');
  desk.offer(claimed);
  await rig.clock.advance(10_000);
  // Nor is a card shown again that looks the same.
  expect([calls.length, yields]).toEqual([1, 1]);
});

test('a task that is told late, as it was recorded, takes no newer one’s place', async () => {
  const recorded = await rig.ask();
  const { desk, calls } = deskWith([{ outcome: 'shown' }], async (task) => ({
    ...cardOf(task, 0, { actions }),
    status: `version ${task.version}`,
  }));
  desk.offer(recorded);
  await rig.clock.advance(0);
  const [claimed] = await rig.store.tasks.claimDue('one', 1);
  if (!claimed) throw new Error('nothing was due');
  // It waits for the chat's pace.
  desk.offer(claimed);
  desk.offer(recorded);
  await rig.clock.advance(10_000);
  expect(calls.map(({ status }) => status)).toEqual(['version 0', 'version 1']);
});

test.each([
  ['was shown as it stood later', 0],
  ['ended meanwhile', 0],
  ['was moved on by another process', 300],
])('a task that is told late, as it was recorded, is not shown so where it %s', async (what, lateMs) => {
  const recorded = await rig.ask();
  const { desk, calls } = deskWith([{ outcome: 'shown' }], async (task) => ({
    ...cardOf(task, 0, { actions }),
    status: `version ${task.version}`,
  }));
  const [claimed] = await rig.store.tasks.claimDue('another', 1);
  if (!claimed) throw new Error('nothing was due');
  const isElsewhere = what.includes('another process');
  if (!isElsewhere) desk.offer(claimed);
  await rig.clock.advance(lateMs);
  const before = calls.length;
  if (what.includes('ended')) await desk.close(recorded.id);
  desk.offer(recorded);
  await rig.clock.advance(10_000);
  expect(calls.slice(before)).toEqual([]);
});

describe('a card that is refused', () => {
  test.each<[Sent, number]>([
    [refused, 10_000],
    [{ outcome: 'retry', reason: '429', retryAfterMs: 3_000 }, 3_000],
    [{ outcome: 'retry', reason: '429', retryAfterMs: 40_000 }, 40_000],
  ])('is shown later, although the task stands still: %j', async (answer, waitMs) => {
    const task = await rig.ask();
    const { desk, times } = deskWith([answer, { outcome: 'shown' }]);
    desk.offer(task);
    await rig.clock.advance(3_600_000);
    expect(times()).toEqual([0, waitMs]);
  });

  test('again and again is tried ever less often', async () => {
    const task = await rig.ask();
    const { desk, times } = deskWith([{ outcome: 'retry', reason: 'busy', retryAfterMs: 3_000 }]);
    desk.offer(task);
    await rig.clock.advance(100_000);
    expect(times()).toEqual([0, 3_000, 23_000, 63_000]);
    await rig.clock.advance(24 * 3_600_000);
    expect(times().length).toBeLessThan(160);
  });

  test('is left to the process that has the task by then', async () => {
    const task = await rig.ask();
    const { desk, times } = deskWith([refused]);
    desk.offer(task);
    await rig.clock.advance(9_000);
    await rig.store.tasks.claimDue('another', 1);
    await rig.clock.advance(60_000);
    expect(times()).toEqual([0]);
  });
});

test('a card is shown when the record is back', async () => {
  const task = await rig.ask();
  let isDown = true;
  const { desk, times } = deskWith([{ outcome: 'shown' }], async (standing) => {
    if (isDown) throw new StoreUnavailable('gone');
    return cardOf(standing, 0, { actions });
  });
  desk.offer(task);
  await rig.clock.advance(5_000);
  isDown = false;
  await rig.clock.advance(60_000);
  expect(times()).toEqual([10_000]);
});

test('a card whose call broke off may stand there: it is not repeated by itself', async () => {
  const task = await rig.ask();
  const { desk, times } = deskWith([]);
  desk.offer(task);
  await rig.clock.advance(3_600_000);
  expect(times()).toEqual([0]);
});

test('a first card that may stand there, and cannot be looked for, is made again no sooner than the platform says', async () => {
  const task = await rig.ask();
  const { desk, times } = deskWith([
    { outcome: 'unknown', reason: 'lost', retryAfterMs: 120_000 },
    { outcome: 'shown' },
  ]);
  desk.offer(task);
  await rig.clock.advance(20_000);
  // Another state is no reason to make a second one.
  const [claimed] = await rig.store.tasks.claimDue('one', 1);
  if (claimed) desk.offer({ ...claimed, state: 'queued' });
  await rig.clock.advance(3_600_000);
  expect(times()).toEqual([0, 120_000]);
});

test('nothing is repeated of which nobody knows whether it stands there; what stood there before counts no more', async () => {
  const [first, changed] = [await rig.ask(), 'out of credits'];
  let status: string | undefined;
  const { desk, calls } = deskWith(
    [{ outcome: 'shown' }, { outcome: 'unknown', reason: 'time-out' }, { outcome: 'shown' }],
    async (task) => ({ ...cardOf(task, 0, { actions }), ...(status === undefined ? {} : { status }) }),
  );
  desk.offer(first);
  await rig.clock.advance(1_000);
  status = changed;
  desk.offer(first);
  await rig.clock.advance(60_000);
  status = undefined;
  desk.offer(first);
  await rig.clock.advance(60_000);
  const usual = cardOf(first, 0, { actions }).status;
  expect(calls.map((call) => call.status)).toEqual([usual, changed, usual]);
});

test('after the stop nothing is shown', async () => {
  const task = await rig.ask();
  const { desk, times } = deskWith([{ outcome: 'shown' }]);
  await desk.stop();
  desk.offer(task);
  await rig.clock.advance(1_000);
  expect(times()).toEqual([]);
});
