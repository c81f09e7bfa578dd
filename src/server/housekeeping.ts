import { randomBytes } from 'node:crypto';
import type { Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';

const FIRST_MS = 60_000;
const EACH_MS = 60 * 60_000;
/** Of several processes one sweeps; another soon after it has died. */
const TURN_MS = 50 * 60_000;

/** Sweeps the store a minute after the start and then every hour; what ended more than `keepMs` ago is forgotten. Returns how to stop. */
export function startHousekeeping({
  store,
  keepMs,
  clock,
  log,
}: {
  store: Pick<Store, 'locks' | 'sweep'>;
  keepMs: number;
  clock: Clock;
  log: Pick<Log, 'error'>;
}): () => void {
  const stopping = new AbortController();
  const owner = randomBytes(8).toString('hex');

  async function run(): Promise<void> {
    await clock.sleep(FIRST_MS, stopping.signal);
    while (!stopping.signal.aborted) {
      try {
        if (await store.locks.hold('housekeeping', owner, TURN_MS)) await store.sweep({ keepMs });
      } catch (error) {
        // At a stop the store is closed under it; the next start goes on.
        if (!stopping.signal.aborted) log.error({ err: error }, 'the store could not be swept');
      }
      await clock.sleep(EACH_MS, stopping.signal);
    }
  }

  void run();
  return () => stopping.abort();
}
