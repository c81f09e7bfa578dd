import type { Clock } from '../util/clock.ts';

/** The most of the time since the last piece of work began that the event loop may have been busy. */
const MAX_UTILIZATION = 0.5;
const LOOK_MS = 5;
/** Past this a piece begins, however busy the loop is. */
const MAX_MS = 250;

/** Tells how busy the event loop was since an earlier answer of its own; Node's `performance.eventLoopUtilization`. */
export type Utilization = typeof performance.eventLoopUtilization;

/** Resolves when a piece of work may begin: at once where the process is idle or the signal has aborted. */
export type YieldWhileBusy = (signal: AbortSignal) => Promise<void>;

/**
 * Has work that may as well begin a moment later give way to people who wait for an answer: a piece begins when the
 * event loop had as much rest as work since the last one began. None waits for longer than a quarter of a second.
 */
export function createYieldWhileBusy({
  clock,
  utilization,
}: {
  clock: Clock;
  utilization: Utilization;
}): YieldWhileBusy {
  let before = utilization();
  // Of no time at all it is NaN: then another piece has just begun.
  const isBusy = () => !(utilization(before).utilization <= MAX_UTILIZATION);
  return async (signal) => {
    for (let waited = 0; waited < MAX_MS && !signal.aborted && isBusy(); ) {
      const at = clock.now();
      await clock.sleep(LOOK_MS, signal);
      // A busy loop wakes late. (And a clock may be set back.)
      waited += Math.max(LOOK_MS, clock.now() - at);
    }
    // At a stop, or for a card that is gone, nothing begins.
    if (!signal.aborted) before = utilization();
  };
}
