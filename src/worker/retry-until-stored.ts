import { StoreUnavailable } from '../store/store.ts';
import { backoffMs } from '../util/backoff.ts';
import type { Clock } from '../util/clock.ts';

const RECORD_BACKOFF = { baseMs: 200, maxMs: 5_000 };

export interface RetryUntilStored {
  /** What is known must not be lost to a full disk: tries until the store has it, or the signal aborts. */
  retryUntilStored<T>(write: () => Promise<T>): Promise<T>;
  /** Something that is known is not on record yet: nothing new is begun before it is. */
  hasPendingWrites(): boolean;
}

export function createRetryUntilStored(deps: {
  clock: Clock;
  random: () => number;
  trouble: (error: unknown, what: string) => void;
  signal: AbortSignal;
}): RetryUntilStored {
  const { clock, random, trouble, signal } = deps;
  let owed = 0;

  async function again<T>(write: () => Promise<T>, first: StoreUnavailable): Promise<T> {
    let why = first;
    for (let tries = 0; !signal.aborted; tries++) {
      trouble(why, 'the record could not be written yet');
      await clock.sleep(backoffMs(tries, RECORD_BACKOFF, random), signal);
      try {
        return await write();
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        why = error;
      }
    }
    throw why;
  }

  return {
    async retryUntilStored(write) {
      try {
        return await write();
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        owed += 1;
        try {
          return await again(write, error);
        } finally {
          owed -= 1;
        }
      }
    },
    hasPendingWrites: () => owed > 0,
  };
}
