import { mkdir, statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Clock } from '../../util/clock.ts';
import type { Log } from '../../util/log.ts';
import { createDump } from '../dump.ts';
import { lookByParts } from '../look.ts';
import { type BucketUse, checkObjects } from '../open-bucket.ts';
import type { Store, StoreUnavailable } from '../store.ts';
import { createValuePorts } from '../values.ts';
import { openBlobFiles } from './blob-files.ts';
import { createBlobs, knownObjects } from './blobs.ts';
import { createCount } from './count.ts';
import { openDb, type SqliteDb } from './db.ts';
import { createDumpSource } from './dump.ts';
import { guarded } from './errors.ts';
import { lockFolder } from './file-lock.ts';
import { createKeyValues, KV_SQL } from './kv.ts';
import { quickCheck } from './quick-check.ts';
import { createRelocate } from './relocate.ts';
import { MIGRATIONS, migrate } from './schema.ts';
import { createSpend } from './spend.ts';
import { TASK_SQL } from './sql.ts';
import { sweep } from './sweep.ts';
import { syncFolder } from './sync-folder.ts';
import { createTasks } from './tasks.ts';
import { withObjects } from './with-objects.ts';

/** Some 600 MB of a record in memory. */
const CHECK_MS = 3_000;

export interface SqliteOptions {
  /** Made where it is missing. Holds `kinora.db` and, as files, pictures and clips. */
  dir: string;
  clock: Clock;
  log?: Pick<Log, 'error' | 'warn'>;
  /** Object storage for pictures and clips. */
  bucket?: BucketUse;
  /** How long the record's pages are looked through, for damage, before it is used. */
  checkMs?: number;
  /** Hears why the record cannot be used any more until it is opened anew, by another process: this one has to end. */
  lost?: (why: StoreUnavailable) => void;
}

/**
 * The record in one folder, for one process: a second one is refused until this one closes or dies. Throws
 * `StoreUnavailable` where the folder or the file cannot be used.
 */
export async function openSqliteStore({
  dir,
  clock,
  log,
  bucket,
  lost,
  checkMs = CHECK_MS,
}: SqliteOptions): Promise<Store> {
  await guarded(dir, async () => {
    const made = await mkdir(dir, { recursive: true, mode: 0o700 });
    if (made) await syncFolder(dirname(resolve(made)));
  });
  const file = join(dir, 'kinora.db');
  const unlock = await guarded(dir, () => lockFolder(dir));
  let db: SqliteDb | undefined;
  async function close(): Promise<void> {
    await db?.close();
    unlock();
  }
  try {
    if (!(await quickCheck(file, dir, checkMs)))
      log?.warn(
        { checkMs },
        'the record is too large to be looked through at the start; `npm run store -- check` does',
      );
    db = openDb(file, dir, { lost });
    migrate(db, dir);
    // One process has the file at a time, so the holders of these leases are dead. What is under way is looked at now: the
    // clock may have been set back since it was put off.
    db.run(TASK_SQL.openAnew, { now: clock.now() });
    db.run(KV_SQL.shorten, { now: clock.now() });
    db.run(KV_SQL.removeLocks);
    // After the lock: another Kinora's files are not ours to tidy up.
    return await assemble({ db, dir, clock, log, bucket, close });
  } catch (error) {
    await close();
    throw error;
  }
}

interface Opened extends SqliteOptions {
  db: SqliteDb;
  close: () => Promise<void>;
}

async function assemble({ db, dir, clock, log, bucket, close }: Opened): Promise<Store> {
  const openedAt = clock.now();
  const values = createKeyValues({ db, clock });
  const objects = bucket?.objectsOf({ values, now: () => clock.now() });
  await checkObjects({ objects, use: bucket, known: () => knownObjects(db), values, log });
  const folder = await openBlobFiles({ dir, clock });
  const files = bucket && objects ? withObjects(folder, objects, bucket) : folder;
  const blobs = createBlobs({ db, files, objects, clock });
  const relocate = createRelocate({ db, files, blobs });
  const tasks = createTasks({ db, clock, files, log });
  const spend = createSpend({ db, clock });
  return {
    ...createValuePorts(values),
    isShared: false,
    version: MIGRATIONS.length,
    now: () => clock.now(),
    tasks,
    blobs,
    spend,
    lookAt: lookByParts({ tasks, spend }),
    count: createCount(db),
    dump: createDump({ ...createDumpSource(db), relocate }, values),
    sweep: (how) => sweep({ db, files, objects, clock, openedAt }, how),
    freeBytes: () => freeBytes(dir),
    async close() {
      objects?.close();
      await close();
    },
  };
}

async function freeBytes(dir: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(dir);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
