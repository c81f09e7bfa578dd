import { expect, test } from 'vitest';
import { startHousekeeping } from '../../src/server/housekeeping.ts';
import { manualClock } from '../helpers/clock.ts';
import { createPending } from '../helpers/pending.ts';

const HOUR_MS = 60 * 60_000;

/** Processes on one store, each told by its number when it sweeps. */
function house(processes: number, fails?: (n: number) => void) {
  const pending = createPending();
  const clock = manualClock(pending.settled);
  const swept: number[] = [];
  const errors: unknown[] = [];
  const ended: number[] = [];
  let lock = { owner: '', until: 0 };
  const locks = pending.watch({
    async hold(_name: string, owner: string, ms: number): Promise<boolean> {
      if (lock.owner !== owner && lock.until > clock.now()) return false;
      lock = { owner, until: clock.now() + ms };
      return true;
    },
    release: async () => {},
  });
  const stops = Array.from({ length: processes }, (_, n) => {
    const sweep = async () => {
      swept.push(n);
      fails?.(n);
    };
    const log = { error: (fields: unknown) => void errors.push(fields) };
    const removeLeft = async (by: number) => void ended.push(clock.now() - by);
    const chatSettings = pending.watch({ removeLeft });
    const store = { locks, now: clock.now, chatSettings, ...pending.watch({ sweep }) };
    return startHousekeeping({ store, keepMs: 1, clock, log });
  });
  return { clock, swept, ended, errors, stops };
}

test('of several processes one sweeps, a minute after the start and every hour', async () => {
  const { clock, swept, stops } = house(3);
  await clock.advance(59_999);
  expect(swept).toEqual([]);
  await clock.advance(1);
  expect(swept).toHaveLength(1);
  await clock.advance(5 * HOUR_MS);
  expect(swept).toHaveLength(6);
  for (const stop of stops) stop();
});

test('settings of chats that were left a month ago end, though not at once after a start', async () => {
  const { clock, swept, ended, stops } = house(2);
  await clock.advance(60_000);
  expect([swept.length, ended]).toEqual([1, []]);
  await clock.advance(2 * HOUR_MS);
  expect(ended).toEqual([30 * 24 * HOUR_MS, 30 * 24 * HOUR_MS]);
  for (const stop of stops) stop();
});

test('another one goes on where the one that swept has ended', async () => {
  const { clock, swept, stops } = house(2);
  await clock.advance(60_000);
  const [first = 0] = swept;
  stops[first]?.();
  await clock.advance(HOUR_MS);
  expect(swept).toEqual([first, 1 - first]);
  for (const stop of stops) stop();
});

test('a sweep that fails is told, unless it ends with the process, and the next one comes', async () => {
  const { clock, swept, errors, stops } = house(1, () => {
    if (swept.length === 2) stops[0]?.();
    throw new Error('gone');
  });
  await clock.advance(60_000);
  expect(errors).toHaveLength(1);
  await clock.advance(HOUR_MS);
  expect([swept.length, errors.length]).toEqual([2, 1]);
});
