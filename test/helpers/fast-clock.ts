import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../src/util/clock.ts';

/** Real time, so many times as fast: for real servers and the program's long waits in one test. */
export function fastClock(times: number): Clock {
  const start = Date.now();
  return {
    now: () => Math.round(start + (Date.now() - start) * times),
    sleep: (ms, signal) => delay(ms / times, undefined, signal ? { signal } : {}).catch(() => {}),
  };
}
