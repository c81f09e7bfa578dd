import { setImmediate as turn } from 'node:timers/promises';

export interface Gathering<T> {
  add(one: T): void;
  /** Resolves once nothing that was added waits or is worked on. */
  idle(): Promise<void>;
}

/**
 * Works on what is added in one turn of the event loop as one batch (of `most` at most), then on what was added
 * meanwhile, one batch at a time. `work` tells each how it went; it must not throw.
 */
export function gather<T>(work: (batch: T[]) => Promise<void>, most = Number.POSITIVE_INFINITY): Gathering<T> {
  const waiting: T[] = [];
  let working: Promise<void> | undefined;

  async function workAll(): Promise<void> {
    await turn();
    while (waiting.length > 0) await work(waiting.splice(0, most));
    working = undefined;
  }

  return {
    add(one) {
      waiting.push(one);
      working ??= workAll();
    },
    idle: async () => working,
  };
}
