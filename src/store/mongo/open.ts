import { z } from 'zod';
import type { Log } from '../../util/log.ts';
import { createDump } from '../dump.ts';
import type { Objects } from '../objects.ts';
import { type BucketUse, checkObjects } from '../open-bucket.ts';
import type { Store } from '../store.ts';
import { createValuePorts } from '../values.ts';
import { readAddress } from './address.ts';
import { createBatched } from './batched.ts';
import { createBlobs, knownObjects } from './blobs.ts';
import { openServerClock, type StoreClock, serverTime } from './clock.ts';
import { createTaskCollection } from './collection.ts';
import { connect } from './connect.ts';
import { createCount } from './count.ts';
import { createDb, type MongoDb, PATIENCE_MS } from './db.ts';
import { createDumpSource } from './dump.ts';
import { createFiles } from './files.ts';
import { createKeyValues } from './kv.ts';
import { createLook } from './look.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations.ts';
import { createRanks } from './ranks.ts';
import { createRelocate } from './relocate.ts';
import { createSpend } from './spend.ts';
import { sweep } from './sweep.ts';
import { createTasks } from './tasks.ts';
import { withObjects } from './with-objects.ts';

export interface MongoOptions {
  /** `mongodb://` or `mongodb+srv://`; without a database's name, `kinora`. */
  url: string;
  log?: Pick<Log, 'error' | 'warn'>;
  /** Object storage for pictures and clips. */
  bucket?: BucketUse;
}

/**
 * The record in one MongoDB, shared by any number of processes. Throws `StoreUnavailable`, within ten seconds and in one
 * sentence without the password, where it cannot be reached or used; it takes longer where its schema has to be changed.
 */
export async function openMongoStore({ url, log, bucket }: MongoOptions): Promise<Store> {
  const address = readAddress(url);
  const db = createDb(await connect(address), address);
  let clock: StoreClock | undefined;
  try {
    clock = await openServerClock(() => db.run(() => serverTime(db.native)));
    await migrate({ db, clock, log });
    const objects = objectsOf({ db, clock, bucket });
    const values = createKeyValues({ db, clock });
    await checkObjects({ objects, use: bucket, known: () => knownObjects(db), values, log });
    return assemble({ db, clock, log, bucket, objects });
  } catch (error) {
    clock?.stop();
    await db.close();
    throw error;
  }
}

/** The objects of a database's record, where there is a bucket. */
export const objectsOf = (of: { db: MongoDb; clock: StoreClock; bucket?: BucketUse }): Objects | undefined =>
  of.bucket?.objectsOf({ values: createKeyValues(of), now: () => of.clock.now() });

/** A store on a database that is ready. */
export function assemble(of: {
  db: MongoDb;
  clock: StoreClock;
  log?: Pick<Log, 'error'>;
  bucket?: BucketUse;
  objects?: Objects;
}): Store {
  const { db, clock, bucket, objects } = of;
  const grid = createFiles(of);
  const files = withObjects(grid, objects, bucket ?? { isForNew: false });
  const blobs = createBlobs({ ...of, files });
  const batched = createBatched(PATIENCE_MS, db.late);
  const tasks = createTaskCollection(db, batched);
  const values = createKeyValues(of);
  const ranks = createRanks(db);
  return {
    ...createValuePorts(values),
    isShared: true,
    version: MIGRATIONS.length,
    now: () => clock.now(),
    tasks: createTasks({ ...of, tasks, blobs, batched, ranks }),
    blobs,
    spend: createSpend(of),
    lookAt: createLook({ db, ranks }),
    count: createCount(db),
    dump: createDump({ ...createDumpSource(db), relocate: createRelocate({ db, files, blobs }) }, values),
    sweep: (how) => sweep({ ...of, tasks, blobs, files }, how),
    freeBytes: () => freeBytes(db),
    async close() {
      objects?.close();
      clock.stop();
      await db.close();
    },
  };
}

const diskSchema = z.object({ fsTotalSize: z.number().positive(), fsUsedSize: z.number() });
const DISK_LOOK_MS = 1_000;

/** As the server tells; some do not, and not every user may ask. */
async function freeBytes({ native, run }: MongoDb): Promise<number | undefined> {
  const told = await run(() => native.command({ dbStats: 1, maxTimeMS: DISK_LOOK_MS })).catch(() => undefined);
  const disk = diskSchema.safeParse(told).data;
  return disk && disk.fsTotalSize - disk.fsUsedSize;
}
