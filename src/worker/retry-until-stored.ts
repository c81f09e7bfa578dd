import { StoreUnavailable } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import { retry } from '../util/retry.ts';

const RECORD_BACKOFF = { baseMs: 200, maxMs: 5_000 };

/** Repeats a write until the store takes it, or the worker has ended: a fact must not be lost to a full disk. */
export type RetryUntilStored = <T>(write: () => Promise<T>) => Promise<T>;

export function createRetryUntilStored(deps: {
  clock: Clock;
  random: () => number;
  trouble: (error: unknown, what: string) => void;
  signal: AbortSignal;
}): { retryUntilStored: RetryUntilStored; hasPendingWrites(): boolean } {
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
    /** A fact is not on record yet: nothing new is begun before it is. */
    hasPendingWrites: () => pending > 0,
  };
}
