import { afterEach, describe, expect, test, vi } from 'vitest';
import { createNamedSemaphores, createSemaphore, NoRoom, type Semaphore } from '../../src/util/semaphore.ts';

/** Work that begins and ends when the test says so. */
function stage(run: Semaphore) {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  return {
    begun,
    begin: (name: string, how?: Parameters<Semaphore>[1]): Promise<string> =>
      run(() => {
        begun.push(name);
        return new Promise((resolve, reject) => {
          ends.set(name, (error) => (error ? reject(error) : resolve(name)));
        });
      }, how),
    async end(name: string, error?: Error): Promise<void> {
      ends.get(name)?.(error);
      await settled();
    },
  };
}
const settled = async () => {
  for (let i = 0; i < 10; i++) await Promise.resolve();
};

describe('one at a time', () => {
  test('in the order they came; what fails delays none behind it', async () => {
    const { begun, begin, end } = stage(createSemaphore());
    const all = ['a', 'b', 'c'].map((name) => begin(name));
    const second = expect(all[1]).rejects.toThrow('broken');
    await settled();
    expect(begun).toEqual(['a']);
    await end('a');
    expect(begun).toEqual(['a', 'b']);
    await end('b', new Error('broken'));
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('c');
    await second;
    expect([await all[0], await all[2]]).toEqual(['a', 'c']);
  });

  test('work that throws before its first await gives its room back', async () => {
    const run = createSemaphore();
    const throws = (): Promise<void> => {
      throw new Error('at once');
    };
    await expect(run(throws)).rejects.toThrow('at once');
    expect(await run(async () => 'next')).toBe('next');
  });
});

describe('with weights', () => {
  test('as many as there is room for; a light one that came later overtakes no heavy one', async () => {
    const { begun, begin, end } = stage(createSemaphore({ room: 10 }));
    void begin('first', { weight: 6 });
    void begin('second', { weight: 4 });
    void begin('big', { weight: 9 });
    void begin('small', { weight: 1 });
    await end('second');
    expect(begun).toEqual(['first', 'second']);
    await end('first');
    expect(begun).toEqual(['first', 'second', 'big', 'small']);
  });

  test('what weighs more than the room takes all of it, and runs', async () => {
    const { begun, begin, end } = stage(createSemaphore({ room: 10 }));
    void begin('huge', { weight: 99 });
    void begin('one', { weight: 1 });
    await settled();
    expect(begun).toEqual(['huge']);
    await end('huge');
    void begin('two', { weight: 9 });
    await settled();
    expect(begun).toEqual(['huge', 'one', 'two']);
  });
});

describe('work that waits', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('is given up with the reason of its signal, and holds up none behind it', async () => {
    const { begun, begin, end } = stage(createSemaphore({ room: 10 }));
    const abort = new AbortController();
    void begin('runs', { weight: 6 });
    const heavy = begin('heavy', { weight: 9, signal: abort.signal });
    void begin('light', { weight: 4 });
    await settled();
    expect(begun).toEqual(['runs']);
    abort.abort(new Error('enough'));
    await expect(heavy).rejects.toThrow('enough');
    expect(begun).toEqual(['runs', 'light']);
    await end('runs');
    await end('light');
    void begin('all', { weight: 10 });
    await settled();
    expect(begun).toEqual(['runs', 'light', 'all']);
  });

  test('is not begun where the signal has aborted already, and an abort later is nothing to work that runs', async () => {
    const { begun, begin, end } = stage(createSemaphore());
    const abort = new AbortController();
    const first = begin('first', { signal: abort.signal });
    const second = begin('second', { signal: abort.signal });
    const turned = expect(second).rejects.toThrow();
    abort.abort();
    await turned;
    await expect(begin('third', { signal: abort.signal })).rejects.toThrow();
    await end('first');
    expect(await first).toBe('first');
    expect(begun).toEqual(['first']);
  });

  test('is turned away where too many wait or it has waited for too long; the others go on', async () => {
    vi.useFakeTimers();
    const { begun, begin, end } = stage(createSemaphore({ maxWaiting: 1, maxWaitMs: 1_000 }));
    void begin('runs');
    const waits = begin('waits');
    const tooLong = expect(waits).rejects.toThrow(NoRoom);
    await expect(begin('too many')).rejects.toThrow(NoRoom);
    vi.advanceTimersByTime(1_000);
    await tooLong;
    const next = begin('next');
    await end('runs');
    await end('next');
    expect(await next).toBe('next');
    expect(begun).toEqual(['runs', 'next']);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('those of one name run in order, names beside each other', async () => {
  const inOrder = createNamedSemaphores<string>();
  const { begun, begin, end } = stage((work, { weight = 0 } = {}) => inOrder(`room ${weight}`, work));
  void begin('a1', { weight: 1 });
  void begin('a2', { weight: 1 });
  void begin('b1', { weight: 2 });
  await settled();
  expect(begun).toEqual(['a1', 'b1']);
  await end('a1');
  expect(begun).toEqual(['a1', 'b1', 'a2']);
});
