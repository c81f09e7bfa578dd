import { systemClock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import { withLibsql } from './libsql.ts';
import type { SqliteOptions } from './sqlite/open.ts';
import type { Store } from './store.ts';

/** Which store, and where. */
export interface StoreConfig {
  dataDir: string;
  /** Absent: SQLite in `dataDir`. */
  mongoUrl?: string;
}

/**
 * Opens the record that is configured. Throws `StoreUnavailable` in plain words where it cannot be used. `own` is
 * for SQLite alone.
 */
export async function openStore(
  { dataDir, mongoUrl }: StoreConfig,
  log: Log,
  own: Pick<SqliteOptions, 'lost' | 'checkMs'> = {},
): Promise<Store> {
  if (mongoUrl !== undefined) {
    const { openMongoStore } = await import('./mongo/open.ts');
    return openMongoStore({ url: mongoUrl, log });
  }
  const { openSqliteStore } = await withLibsql(import('./sqlite/open.ts'));
  return openSqliteStore({ dir: dataDir, clock: systemClock, log, ...own });
}
