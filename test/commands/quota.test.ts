import { expect, test } from 'vitest';
import { leftOf } from '../../commands/quota.ts';

test('what may still be asked for is the least that a person and their chat have left', () => {
  expect(leftOf({ waiting: 3, today: 9 })).toEqual({});
  const own = { waiting: 3, mostWaiting: 5, today: 9, mostToday: 10 };
  expect(leftOf({ ...own, budgetLeft: 40 })).toEqual({ clips: 1, credits: 40, room: 2 });
  const chat = { waiting: 8, mostWaiting: 8, today: 30, mostToday: 20 };
  expect(leftOf({ ...own, chat })).toEqual({ clips: 0, room: 0 });
});
