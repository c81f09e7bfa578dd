import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createYieldWhileBusy } from '../../src/worker/yield-while-busy.ts';
import { manualClock } from '../helpers/clock.ts';

const never = new AbortController().signal;

/** An event loop that is as busy as the test says, since whenever. */
function rig() {
  const clock = manualClock(turn);
  const loop = { utilization: 0 };
  const yieldWhileBusy = createYieldWhileBusy({ clock, utilization: () => ({ idle: 0, active: 0, ...loop }) });
  const began: string[] = [];
  const begin = (name: string, signal = never) => yieldWhileBusy(signal).then(() => began.push(name));
  return { clock, loop, begin, began };
}

describe('work that can wait', () => {
  it('begins at once where the event loop has rest', async () => {
    const { loop, begin, began } = rig();
    loop.utilization = 0.5;
    await begin('a');
    expect(began).toEqual(['a']);
  });

  it('waits while the loop is busy, until it had as much rest as work', async () => {
    const { clock, loop, begin, began } = rig();
    loop.utilization = 0.9;
    void begin('a');
    await clock.advance(100);
    expect(began).toEqual([]);
    loop.utilization = 0.5;
    await clock.advance(5);
    expect(began).toEqual(['a']);
  });

  it('waits no longer than a quarter of a second each, however busy the loop is', async () => {
    const { clock, loop, begin, began } = rig();
    loop.utilization = 1;
    void begin('a');
    await clock.advance(250);
    expect(began).toEqual(['a']);
  });

  it('waits for nothing at a stop', async () => {
    const { loop, begin, began } = rig();
    loop.utilization = 1;
    const stop = new AbortController();
    const all = Promise.all(['a', 'b'].map((name) => begin(name, stop.signal)));
    stop.abort();
    await all;
    expect(began).toEqual(['a', 'b']);
  });
});

it('counts from where the last piece began: of several that wait, one begins at a time', async () => {
  const clock = manualClock(turn);
  // A loop that works for 5 ms after each piece, then rests.
  let begun = clock.now();
  const utilization = (since?: { active: number }) => {
    if (!since) begun = clock.now();
    const [active, all] = [Math.min(5, clock.now() - begun), clock.now() - begun];
    return { idle: all - active, active, utilization: active / all };
  };
  const yieldWhileBusy = createYieldWhileBusy({ clock, utilization });
  const began: number[] = [];
  const start = clock.now();
  for (let n = 0; n < 3; n++) void yieldWhileBusy(never).then(() => began.push(clock.now() - start));
  await clock.advance(100);
  expect(began).toEqual([10, 20, 30]);
});
