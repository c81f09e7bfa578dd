import { z } from 'zod';
import type { Log } from '../../util/log.ts';
import { createDump } from '../dump.ts';
import type { Store } from '../store.ts';
import { createValuePorts } from '../values.ts';
import { readAddress } from './address.ts';
import { createBatched } from './batched.ts';
import { createBlobs } from './blobs.ts';
import { openServerClock, type StoreClock, serverTime } from './clock.ts';
import { createTaskCollection } from './collection.ts';
import { connect } from './connect.ts';
import { createDb, type MongoDb, PATIENCE_MS } from './db.ts';
import { createDumpSource } from './dump.ts';
import { createFiles } from './files.ts';
import { createKeyValues } from './kv.ts';
import { migrate } from './migrate.ts';
import { createSpend } from './spend.ts';
import { sweep } from './sweep.ts';
import { createTasks } from './tasks.ts';

export interface MongoOptions {
  /** `mongodb://` or `mongodb+srv://`; without a database's name, `kinora`. */
  url: string;
  log?: Pick<Log, 'error'>;
}

/**
 * The record in one MongoDB, shared by any number of processes. Throws `StoreUnavailable`, within ten seconds and in one
 * sentence without the password, where it cannot be reached or used.
 */
export async function openMongoStore({ url, log }: MongoOptions): Promise<Store> {
  const address = readAddress(url);
  const db = createDb(await connect(address), address);
  let clock: StoreClock | undefined;
  try {
    clock = await openServerClock(() => db.run(() => serverTime(db.native)));
    await migrate({ db, clock });
    return assemble({ db, clock, log });
  } catch (error) {
    clock?.stop();
    await db.close();
    throw error;
  }
}

/** A store on a database that is ready. */
export function assemble(of: { db: MongoDb; clock: StoreClock; log?: Pick<Log, 'error'> }): Store {
  const { db, clock } = of;
  const files = createFiles(of);
  const blobs = createBlobs({ ...of, files });
  const batched = createBatched(PATIENCE_MS, db.late);
  const tasks = createTaskCollection(db, batched);
  const values = createKeyValues(of);
  return {
    ...createValuePorts(values),
    now: () => clock.now(),
    tasks: createTasks({ ...of, tasks, blobs, batched }),
    blobs,
    spend: createSpend(of),
    dump: createDump(createDumpSource(db), values),
    sweep: ({ keepMs } = {}) => sweep({ ...of, tasks, blobs, files }, keepMs),
    freeBytes: () => freeBytes(db),
    async close() {
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
