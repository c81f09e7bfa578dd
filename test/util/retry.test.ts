import { expect, test, vi } from 'vitest';
import { retry } from '../../src/util/retry.ts';

/** A clock that never waits and notes what it was asked for. */
function clockOf({ onSleep = () => {} }: { onSleep?: () => void } = {}) {
  const slept: number[] = [];
  return {
    slept,
    now: () => 0,
    async sleep(ms: number) {
      slept.push(ms);
      onSleep();
    },
  };
}
const backoff = { baseMs: 100, maxMs: 300 };
const random = () => 1;

test('a value that needs no other try is the answer, and nothing waits', async () => {
  const clock = clockOf();
  expect(await retry(async () => 'done', { clock, when: () => false })).toBe('done');
  expect(await retry(async () => 'done', { clock })).toBe('done');
  expect(clock.slept).toEqual([]);
});

test('an error is tried again with a growing wait, up to the most, and told before each', async () => {
  const clock = clockOf();
  const events: unknown[] = [];
  let calls = 0;
  const done = await retry(
    async () => {
      calls++;
      events.push(`try ${calls}`);
      if (calls < 5) throw new Error('down');
      return calls;
    },
    {
      clock,
      backoff,
      random,
      whenThrown: (error, tries) => {
        events.push(`${(error as Error).message} ${tries}, after ${clock.slept.length} waits`);
        return true;
      },
    },
  );
  expect(done).toBe(5);
  expect(clock.slept).toEqual([100, 200, 300, 300]);
  expect(events.slice(0, 4)).toEqual(['try 1', 'down 1, after 0 waits', 'try 2', 'down 2, after 1 waits']);
});

test('what random takes off a wait is at most its half', async () => {
  const clock = clockOf();
  await retry(async () => 0, { clock, backoff, random: () => 0, when: (_, tries) => tries < 3 });
  expect(clock.slept).toEqual([50, 100]);
});

test('a told wait counts, and where none was told the back-off', async () => {
  const clock = clockOf();
  const answers = [{ afterMs: 7_000 }, { afterMs: undefined }, { afterMs: 0 }, false];
  let calls = 0;
  await retry(async () => answers[calls++] ?? false, { clock, backoff, random, when: (again) => again });
  expect(clock.slept).toEqual([7_000, 200, 0]);
});

test('an error that is not worth it is thrown on; without a word about errors each is', async () => {
  const clock = clockOf();
  const fails = vi.fn(async () => Promise.reject(new Error('final')));
  await expect(retry(fails, { clock, when: () => true })).rejects.toThrow('final');
  await expect(retry(fails, { clock, whenThrown: (_, tries) => tries < 2 })).rejects.toThrow('final');
  expect(fails).toHaveBeenCalledTimes(3);
});

test('a signal that aborts in a wait ends it as the last try did', async () => {
  const abort = new AbortController();
  const clock = clockOf({ onSleep: () => abort.abort() });
  const work = vi.fn(async () => 'not yet');
  expect(await retry(work, { clock, signal: abort.signal, when: () => true })).toBe('not yet');
  expect(work).toHaveBeenCalledTimes(1);
  expect(clock.slept).toHaveLength(1);
});

test('a signal that aborted during a try makes it the last one, of which nothing is asked', async () => {
  const abort = new AbortController();
  const clock = clockOf();
  const whenThrown = vi.fn(() => true);
  const failing = retry(
    async () => {
      abort.abort();
      throw new Error('cut off');
    },
    { clock, signal: abort.signal, whenThrown },
  );
  await expect(failing).rejects.toThrow('cut off');
  expect(whenThrown).not.toHaveBeenCalled();
  expect(clock.slept).toEqual([]);
});
