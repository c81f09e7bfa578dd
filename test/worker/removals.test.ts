import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Messenger, Sent } from '../../src/chat/chat.ts';
import type { Removal } from '../../src/store/values.ts';
import { createRemovals } from '../../src/worker/removals.ts';
import { manualClock } from '../helpers/clock.ts';

const clock = manualClock(async () => {
  for (let n = 0; n < 20; n++) await turn();
});
let open: Map<string, Removal>;
let looks = 0;
let answers: Sent[];
let tried: number[];
let warned: string[];

const removals = {
  async put(removal: Removal) {
    open.set(removal.id, removal);
  },
  async open(limit: number, after?: string) {
    if (after === undefined) looks++;
    const behind = [...open.values()].filter(({ id }) => after === undefined || id > after);
    return behind.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
  },
  async done(id: string) {
    open.delete(id);
  },
};
const shown = async (): Promise<Sent> => ({ outcome: 'shown' });
const messenger: Messenger = {
  platform: 'test',
  editMs: 0,
  showCard: shown,
  send: shown,
  async takeAway() {
    tried.push(clock.now());
    return answers.shift() ?? shown();
  },
};

beforeEach(() => {
  open = new Map();
  looks = 0;
  answers = [];
  tried = [];
  warned = [];
});

/** Runs it beside the work. */
async function removing(work: (wake: () => void) => Promise<void>, messengers = [messenger]): Promise<void> {
  const stopping = new AbortController();
  const { keepGoing, wake } = createRemovals({
    store: { now: clock.now, removals },
    messengers,
    clock,
    random: () => 0.5,
    trouble: (error) => {
      throw error;
    },
    log: { warn: (...said: unknown[]) => void warned.push(String(said.at(-1))) },
  });
  const running = keepGoing(stopping.signal);
  await work(wake);
  stopping.abort();
  wake();
  await running;
}

const due = (inMs: number): Removal => ({
  id: 'a',
  platform: 'test',
  sent: { card: '1/2' },
  dueAt: clock.now() + inMs,
  tries: 0,
});

describe('messages that were promised to be taken away', () => {
  test('are not asked for more than once a minute where there are none', () =>
    removing(async () => {
      await clock.advance(3_600_000);
      expect(looks).toBeLessThanOrEqual(61);
    }));

  test('go when they are due, though they were put there by another process', () =>
    removing(async () => {
      await clock.advance(1_000);
      const removal = due(75_000);
      open.set('a', removal);
      await clock.advance(100_000);
      expect([tried, open.size]).toEqual([[removal.dueAt], 0]);
    }));

  test('are looked at as soon as it is woken', () =>
    removing(async (wake) => {
      await clock.advance(1_000);
      const removal = due(2_000);
      open.set('a', removal);
      wake();
      await clock.advance(5_000);
      expect(tried).toEqual([removal.dueAt]);
    }));

  test('and that the bot may not take away are tried for a day, and no longer', () =>
    removing(async () => {
      answers = Array.from({ length: 100 }, () => ({ outcome: 'shut', reason: 'Discord says 403' }));
      open.set('a', due(0));
      await clock.advance(2 * 24 * 3_600_000);
      expect(open.size).toBe(0);
      const [first = 0, last = 0] = [tried[0], tried.at(-1)];
      expect(last - first).toBeGreaterThan(12 * 3_600_000);
      expect(last - first).toBeLessThan(36 * 3_600_000);
    }));

  test('go once the bot may', () =>
    removing(async () => {
      answers = [{ outcome: 'shut', reason: 'Discord says 403' }];
      open.set('a', due(0));
      await clock.advance(100_000);
      expect([tried.length, open.size]).toEqual([2, 0]);
    }));

  test('and whose bot is not set up wait for it for two days, and go at once when it is back', async () => {
    for (const id of ['a', 'b']) open.set(id, { ...due(0), id });
    await removing(() => clock.advance(47 * 3_600_000), []);
    expect(open.size).toBe(2);
    open.delete('b');
    await removing(() => clock.advance(1_000));
    expect([tried.length, open.size]).toEqual([1, 0]);

    open.set('a', due(0));
    await removing(() => clock.advance(49 * 3_600_000), []);
    expect([open.size, warned]).toEqual([0, [expect.stringContaining('their bot is not set up here')]]);
  });
});
