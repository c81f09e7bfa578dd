import { uptime } from 'node:os';
import { createSteadyNow } from './steady-clock.ts';

/** Time as the program sees it, so that tests can own it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`, or early when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Some 25 days; a timer that is set for longer ends at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: createSteadyNow({ wall: Date.now, elapsed: () => performance.now(), uptime: () => uptime() * 1000 }),
  // Not `timers/promises`: for each sleep that is cut short it makes an error, with its stack.
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, Math.min(ms, MAX_TIMER_MS));
      signal?.addEventListener('abort', done, { once: true });
    }),
};
