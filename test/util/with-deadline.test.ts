import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { withDeadline } from '../../src/util/with-deadline.ts';

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

describe('a call', () => {
  test('that takes too long is aborted, as a time-out', async () => {
    await expect(withDeadline(1, undefined, aborted)).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('ends with the signal that it was given, for the same reason, also where that came before', async () => {
    const why = new Error('the task is gone');
    const outer = new AbortController();
    const call = withDeadline(60_000, outer.signal, aborted);
    outer.abort(why);
    await expect(call).rejects.toBe(why);
    await expect(withDeadline(60_000, outer.signal, aborted)).rejects.toBe(why);
  });

  test.each([
    ['is answered', async () => 'well'],
    ['fails', async () => Promise.reject(new Error('no'))],
  ])('that %s leaves nothing behind, neither a timer nor a listener', async (_what, call) => {
    const outer = new AbortController();
    const timers = () => process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;
    const before = timers();
    await withDeadline(60_000, outer.signal, call).catch(() => {});
    expect(timers()).toBe(before);
    expect(getEventListeners(outer.signal, 'abort')).toEqual([]);
  });
});
