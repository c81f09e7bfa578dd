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
    return startHousekeeping({ store: { locks, ...pending.watch({ sweep }) }, keepMs: 1, clock, log });
  });
  return { clock, swept, errors, stops };
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
