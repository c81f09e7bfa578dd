import type { Network } from '../net/network.ts';
import type { BucketConfig } from '../settings/object-storage.ts';
import { systemClock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import { withLibsql } from './libsql.ts';
import { useBucket } from './open-bucket.ts';
import type { SqliteOptions } from './sqlite/open.ts';
import type { Store } from './store.ts';

/** Which store, and where. */
export interface StoreConfig {
  dataDir: string;
  /** Absent: SQLite in `dataDir`. */
  mongoUrl?: string;
  /** Absent: pictures and clips are with the record. */
  bucket?: BucketConfig;
}

/** How it is opened: `lost` and `checkMs` are for SQLite alone, `network`, `isForNew` and `refuses` for the bucket. */
type Opening = Pick<SqliteOptions, 'lost' | 'checkMs'> & {
  network?: Network;
  /** New pictures and clips go to the bucket, which is usual. */
  isForNew?: boolean;
  /** A record whose pictures and clips are not in the bucket is not opened, which is usual. */
  refuses?: boolean;
};

/** Opens the record that is configured. Throws `StoreUnavailable` in plain words where it cannot be used. */
export async function openStore(
  { dataDir, mongoUrl, bucket: config }: StoreConfig,
  log: Log,
  { network, isForNew, refuses, ...own }: Opening = {},
): Promise<Store> {
  const bucket = config && (await useBucket(config, { network, isForNew, refuses }));
  if (mongoUrl !== undefined) {
    const { openMongoStore } = await import('./mongo/open.ts');
    return openMongoStore({ url: mongoUrl, log, bucket });
  }
  const { openSqliteStore } = await withLibsql(import('./sqlite/open.ts'));
  return openSqliteStore({ dir: dataDir, clock: systemClock, log, bucket, ...own });
}
