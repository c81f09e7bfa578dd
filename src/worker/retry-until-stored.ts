import { StoreUnavailable } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import { retry } from '../util/retry.ts';

const RECORD_BACKOFF = { baseMs: 200, maxMs: 5_000 };

export interface RetryUntilStored {
  /** A fact must not be lost to a full disk: tries until the store has it, or the signal aborts. */
  retryUntilStored<T>(write: () => Promise<T>): Promise<T>;
  /** A fact is not on record yet: nothing new is begun before it is. */
  hasPendingWrites(): boolean;
}

export function createRetryUntilStored(deps: {
  clock: Clock;
  random: () => number;
  trouble: (error: unknown, what: string) => void;
  signal: AbortSignal;
}): RetryUntilStored {
  const { clock, random, trouble, signal } = deps;
  let pending = 0;

  return {
    async retryUntilStored(write) {
      let isPending = 0;
      try {
        return await retry(write, {
          clock,
          random,
          signal,
          backoff: RECORD_BACKOFF,
          whenThrown: (error) => {
            if (!(error instanceof StoreUnavailable)) return false;
            if (isPending === 0) pending += isPending = 1;
            trouble(error, 'the record could not be written yet');
            return true;
          },
        });
      } finally {
        pending -= isPending;
      }
    },
    hasPendingWrites: () => pending > 0,
  };
}
