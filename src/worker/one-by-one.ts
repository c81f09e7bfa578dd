import type { Clock } from '../util/clock.ts';
import { createSemaphore } from '../util/semaphore.ts';

/** After a piece of work the next one waits as long as that took, and no longer than this. */
const MAX_REST_MS = 200;

/** Runs one piece of work at a time, half of the time. */
export type OneByOne = <T>(work: () => Promise<T>) => Promise<T>;

/** For fitting pictures: so it leaves the disk and a core to people's requests. At a stop nothing rests. */
export function createOneByOne({ clock, stopping }: { clock: Clock; stopping: AbortSignal }): OneByOne {
  const inTurn = createSemaphore();
  return (work) => {
    let began = 0;
    const done = inTurn(() => {
      began = clock.now();
      return work();
    });
    void inTurn(async () => {
      const restMs = Math.min(clock.now() - began, MAX_REST_MS);
      if (restMs > 0) await clock.sleep(restMs, stopping);
    });
    return done;
  };
}
