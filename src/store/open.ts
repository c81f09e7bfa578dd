import { systemClock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import type { Store, StoreUnavailable } from './store.ts';

/** Which store, and where. */
export interface StoreConfig {
  dataDir: string;
  /** Absent: SQLite in `dataDir`. */
  mongoUrl?: string;
}

/**
 * Opens the record that is configured. Throws `StoreUnavailable` in plain words where it cannot be used; `lost` hears
 * where that comes later and lasts until another process opens it.
 */
export async function openStore(
  { dataDir, mongoUrl }: StoreConfig,
  log: Log,
  lost?: (why: StoreUnavailable) => void,
): Promise<Store> {
  if (mongoUrl !== undefined) {
    const { openMongoStore } = await import('./mongo/open.ts');
    return openMongoStore({ url: mongoUrl, log });
  }
  const { openSqliteStore } = await import('./sqlite/open.ts');
  return openSqliteStore({ dir: dataDir, clock: systemClock, log, lost });
}
