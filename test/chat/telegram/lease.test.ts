import pino from 'pino';
import { expect, test } from 'vitest';
import { whileAlone } from '../../../src/chat/telegram/receive/lease.ts';
import type { Locks } from '../../../src/store/values.ts';
import { manualClock } from '../../helpers/clock.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

function setup() {
  const clock = manualClock(settled);
  let held: { owner: string; until: number } | undefined;
  const away = new Set<string>();
  const locks: Locks = {
    async hold(_name, owner, ms) {
      if (away.has(owner)) throw new Error('no database');
      if (held && held.owner !== owner && held.until > clock.now()) return false;
      held = { owner, until: clock.now() + ms };
      return true;
    },
    async release(_name, owner) {
      if (held?.owner === owner && !away.has(owner)) held = undefined;
    },
  };
  const working = new Set<string>();
  const mostAtOnce: number[] = [];
  function run(owner: string) {
    const ending = new AbortController();
    const work = (lost: AbortSignal) =>
      new Promise<void>((resolve) => {
        working.add(owner);
        mostAtOnce.push(working.size);
        lost.addEventListener('abort', () => {
          working.delete(owner);
          resolve();
        });
      });
    const log = pino({ level: 'silent' });
    const ended = whileAlone('poller', work, { locks, owner, clock, log, ending: ending.signal });
    return { stop: () => ending.abort(), ended };
  }
  return { clock, run, working, away, mostAtOnce };
}

test('of two that would receive one does; when it ends the other goes on, and when it is cut off too, never both', async () => {
  const { clock, run, working, away, mostAtOnce } = setup();
  const one = run('one');
  await clock.until(() => working.has('one'));
  const two = run('two');
  await clock.advance(60_000);
  expect([...working]).toEqual(['one']);

  away.add('one');
  const cutOff = clock.now();
  await clock.until(() => working.has('two'));
  expect(clock.now() - cutOff).toBeLessThanOrEqual(15_000);
  expect([...working]).toEqual(['two']);

  away.clear();
  two.stop();
  const stopped = clock.now();
  await clock.until(() => working.has('one'));
  expect(clock.now() - stopped).toBeLessThanOrEqual(4_000);
  one.stop();
  await Promise.all([one.ended, two.ended]);
  expect(Math.max(...mostAtOnce)).toBe(1);
});
