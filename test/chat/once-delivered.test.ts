import { setImmediate } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { onceDelivered } from '../../src/chat/kit/once-delivered.ts';
import type { Task } from '../../src/task/task.ts';
import { manualClock } from '../helpers/clock.ts';
import { someTask } from '../helpers/task.ts';

/** What a record tells at each look, the last for good; what comes of it, and after how many looks. */
async function found(states: (Task['state'] | undefined)[]) {
  const clock = manualClock(() => setImmediate());
  const get = vi.fn(async () => {
    const state = states.length > 1 ? states.shift() : states[0];
    return state && someTask(state);
  });
  const ended: (Task | undefined)[] = [];
  void onceDelivered('some-task', { store: { tasks: { get } }, clock }).then((task) => ended.push(task));
  await clock.until(() => ended.length > 0);
  return { state: ended[0]?.state, looks: get.mock.calls.length };
}

test('a star that comes before the clip is on record as delivered waits for that', async () => {
  expect(await found(['delivering', 'delivering', 'delivered'])).toEqual({ state: 'delivered', looks: 3 });
});

test('what is on record already is looked at once', async () => {
  expect(await found(['delivered'])).toEqual({ state: 'delivered', looks: 1 });
  expect(await found(['failed'])).toEqual({ state: undefined, looks: 1 });
  expect(await found([undefined])).toEqual({ state: undefined, looks: 1 });
});

test('and is not waited for without end', async () => {
  expect(await found(['delivering'])).toEqual({ state: undefined, looks: 8 });
});
