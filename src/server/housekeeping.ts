import { randomBytes } from 'node:crypto';
import type { Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';

const FIRST_MS = 60_000;
const EACH_MS = 60 * 60_000;
/** Of several processes one sweeps; another soon after it has died. */
const TURN_MS = 50 * 60_000;
/** Settings of a server or group that the bot is not in any more are kept for so long. */
const LEFT_MS = 30 * 24 * 60 * 60_000;

/**
 * Sweeps the store a minute after the start and then every hour; what ended more than `keepMs` ago is forgotten, and from the
 * second time on settings of chats that were left long ago: where the bot is again, while no process ran, is known by then.
 * Returns how to stop.
 */
export function startHousekeeping({
  store,
  keepMs,
  clock,
  log,
}: {
  store: Pick<Store, 'locks' | 'sweep' | 'now'> & { chatSettings: Pick<Store['chatSettings'], 'removeLeft'> };
  keepMs: number;
  clock: Clock;
  log: Pick<Log, 'error'>;
}): () => void {
  const stopping = new AbortController();
  const owner = randomBytes(8).toString('hex');

  async function run(): Promise<void> {
    await clock.sleep(FIRST_MS, stopping.signal);
    for (let isFirst = true; !stopping.signal.aborted; isFirst = false) {
      try {
        if (await store.locks.hold('housekeeping', owner, TURN_MS)) {
          if (!isFirst) await store.chatSettings.removeLeft(store.now() - LEFT_MS);
          await store.sweep({ keepMs });
        }
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
