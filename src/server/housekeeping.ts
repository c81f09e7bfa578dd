import type { Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import { startTurns } from './turns.ts';

const FIRST_MS = 60_000;
const EACH_MS = 60 * 60_000;
const TURN_MS = 50 * 60_000;

/** Sweeps the store a minute after the start and then every hour; what ended more than `keepMs` ago is forgotten. Returns how to stop. */
export const startHousekeeping = ({
  store,
  keepMs,
  clock,
  log,
}: {
  store: Pick<Store, 'locks' | 'sweep'>;
  keepMs: number;
  clock: Clock;
  log: Pick<Log, 'error'>;
}): (() => void) =>
  startTurns({
    name: 'housekeeping',
    firstMs: FIRST_MS,
    eachMs: EACH_MS,
    turnMs: TURN_MS,
    work: () => store.sweep({ keepMs }),
    failed: (error) => log.error({ err: error }, 'the store could not be swept'),
    store,
    clock,
  });
