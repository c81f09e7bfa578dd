import type { Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import { startTurns } from './turns.ts';

const FIRST_MS = 60_000;
const EACH_MS = 60 * 60_000;
const TURN_MS = 50 * 60_000;
/** Settings of a server or group that the bot is not in any more are kept for so long. */
const LEFT_MS = 30 * 24 * 60 * 60_000;

/**
 * Sweeps the store a minute after the start and then every hour; what ended more than `keepMs` ago is forgotten, and from the
 * second time on settings of chats that were left long ago: where the bot is again, while no process ran, is known by then.
 * Returns how to stop.
 */
export const startHousekeeping = ({
  store,
  keepMs,
  clock,
  log,
}: {
  store: Pick<Store, 'locks' | 'sweep' | 'now'> & { chatSettings: Pick<Store['chatSettings'], 'removeLeft'> };
  keepMs: number;
  clock: Clock;
  log: Pick<Log, 'error'>;
}): (() => void) =>
  startTurns({
    name: 'housekeeping',
    firstMs: FIRST_MS,
    eachMs: EACH_MS,
    turnMs: TURN_MS,
    async work(_stopping, isFirst) {
      if (!isFirst) await store.chatSettings.removeLeft(store.now() - LEFT_MS);
      await store.sweep({ keepMs });
    },
    failed: (error) => log.error({ err: error }, 'the store could not be swept'),
    store,
    clock,
  });
