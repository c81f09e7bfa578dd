import { expect, test } from 'vitest';
import { systemClock } from '../../src/util/clock.ts';
import { settleWithin } from '../../src/util/settle-within.ts';

const never = new Promise<never>(() => {});

test.each([
  ['is there already', async () => 'well'],
  ['takes a moment', async () => systemClock.sleep(1).then(() => 'well')],
])('what %s is told, and nothing waits any longer', async (_what, work) => {
  const timers = () => process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;
  const before = timers();
  expect(await settleWithin(work(), 60_000, systemClock)).toEqual({ value: 'well' });
  expect(timers()).toBeLessThanOrEqual(before);
});

test('what goes wrong in time is thrown', async () => {
  await expect(settleWithin(Promise.reject(new Error('no')), 60_000, systemClock)).rejects.toThrow('no');
});

test('what takes longer is not waited for, and may go wrong later', async () => {
  expect(await settleWithin(never, 1, systemClock)).toBeUndefined();
  const later = systemClock.sleep(5).then(() => Promise.reject(new Error('no')));
  expect(await settleWithin(later, 1, systemClock)).toBeUndefined();
  await expect(later).rejects.toThrow('no');
});
