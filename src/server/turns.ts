import { randomBytes } from 'node:crypto';
import type { Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';

/**
 * Has something done every so often, by one of the processes on a record; by another soon after that one has died, once
 * `turnMs` are over. Times are in milliseconds. Returns how to stop.
 */
export function startTurns(deps: {
  /** On record: never renamed. */
  name: string;
  firstMs: number;
  eachMs: number;
  turnMs: number;
  /** `isFirst`: this process looks for the first time. */
  work: (stopping: AbortSignal, isFirst: boolean) => Promise<void>;
  /** Told what `work` threw; not at a stop, where the store is closed under it: the next start goes on. */
  failed: (error: unknown) => void;
  store: Pick<Store, 'locks'>;
  clock: Clock;
}): () => void {
  const { name, firstMs, eachMs, turnMs, work, failed, store, clock } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  const owner = randomBytes(8).toString('hex');

  async function run(): Promise<void> {
    for (let isFirst = true; !signal.aborted; isFirst = false) {
      await clock.sleep(isFirst ? firstMs : eachMs, signal);
      if (signal.aborted) return;
      try {
        if (await store.locks.hold(name, owner, turnMs)) await work(signal, isFirst);
      } catch (error) {
        if (!signal.aborted) failed(error);
      }
    }
  }

  void run();
  return () => stopping.abort();
}
