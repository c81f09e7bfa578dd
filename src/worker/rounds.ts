import type { Clock } from '../util/clock.ts';

/** Rounds of work until a stop; after each it rests for as long as the round says, or until it is woken. */
export function createRounds({
  clock,
  round,
  failed,
}: {
  clock: Clock;
  /** Returns for how long there is nothing to do, in milliseconds. */
  round: (stopping: AbortSignal) => Promise<number>;
  /** Told what a round threw. Returns for how long to rest then. */
  failed: (error: unknown) => number;
}) {
  let wakeAbort = new AbortController();
  return {
    /** There is something to do, or it stops. */
    wake: (): void => wakeAbort.abort(),
    /** Returns when stopped, and woken. */
    async keepGoing(stopping: AbortSignal): Promise<void> {
      while (!stopping.aborted) {
        wakeAbort = new AbortController();
        const waitMs = await round(stopping).catch(failed);
        await clock.sleep(waitMs, wakeAbort.signal);
      }
    },
  };
}
