import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Clock } from '../../util/clock.ts';
import type { Log } from '../../util/log.ts';
import type { Store } from '../store.ts';
import { openBlobFiles } from './blob-files.ts';
import { createBlobs } from './blobs.ts';
import { createParked } from './cooldowns.ts';
import { type Db, openDb } from './db.ts';
import { createDrafts } from './drafts.ts';
import { createDump } from './dump.ts';
import { createPaces } from './durations.ts';
import { plain } from './errors.ts';
import { createLocks } from './locks.ts';
import { migrate } from './schema.ts';
import { createAgree } from './set-once.ts';
import { createSpend } from './spend.ts';
import { TASK_SQL } from './sql.ts';
import { sweep } from './sweep.ts';
import { syncFolder } from './sync-folder.ts';
import { createTasks } from './tasks.ts';

export interface SqliteOptions {
  /** Made where it is missing. Holds `kinora.db` and, as files, pictures and clips. */
  dir: string;
  clock: Clock;
  log?: Pick<Log, 'error'>;
}

/**
 * The record in one folder, for one process: a second one is refused until this one closes or dies. Throws
 * `StoreUnavailable` where the folder or the file cannot be used.
 */
export async function openSqliteStore({ dir, clock, log }: SqliteOptions): Promise<Store> {
  await makeFolder(dir);
  const db = openDb(join(dir, 'kinora.db'), dir);
  try {
    migrate(db, dir);
    // Nobody else has the file, so whoever held these leases is dead.
    db.run(TASK_SQL.dropLeases, { now: clock.now() });
    db.run('DELETE FROM locks');
    // After the lock: another Kinora's files are not ours to tidy up.
    return await assemble(db, dir, clock, log);
  } catch (error) {
    await db.close();
    throw error;
  }
}

async function assemble(db: Db, dir: string, clock: Clock, log?: Pick<Log, 'error'>): Promise<Store> {
  const files = await openBlobFiles({ dir, clock });
  return {
    now: () => clock.now(),
    tasks: createTasks({ db, clock, files, ...(log ? { log } : {}) }),
    blobs: createBlobs({ db, files, clock }),
    drafts: createDrafts({ db, clock }),
    spend: createSpend({ db, clock }),
    cooldowns: createParked({ db, clock }),
    durations: createPaces(db),
    dump: createDump({ db, clock }),
    setOnce: createAgree(db),
    locks: createLocks({ db, clock }),
    sweep: ({ keepMs } = {}) => sweep({ db, files, clock }, keepMs),
    close: () => db.close(),
  };
}

async function makeFolder(dir: string): Promise<void> {
  try {
    const made = await mkdir(dir, { recursive: true, mode: 0o700 });
    if (made) await syncFolder(dirname(resolve(made)));
  } catch (error) {
    throw plain(error, dir);
  }
}
