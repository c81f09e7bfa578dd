import type { Clock } from '../util/clock.ts';
import { createQueue } from '../util/queue.ts';

/** After a piece of work the next one waits as long as that took, and no longer than this. */
const MAX_REST_MS = 200;

/** Runs one piece of work at a time, half of the time. */
export type OneByOne = <T>(work: () => Promise<T>) => Promise<T>;

/** For fitting pictures: so it leaves the disk and a core to those who ask for more. At a stop nothing rests. */
export function createOneByOne({ clock, stopping }: { clock: Clock; stopping: AbortSignal }): OneByOne {
  const queue = createQueue();
  return (work) => {
    const began = queue(async () => clock.now());
    const done = queue(work);
    void queue(async () => {
      const restMs = Math.min(clock.now() - (await began), MAX_REST_MS);
      if (restMs > 0) await clock.sleep(restMs, stopping);
    });
    return done;
  };
}
