import type { Clock } from '../../util/clock.ts';
import type { Log } from '../../util/log.ts';
import type { Store } from '../store.ts';
import { readAddress } from './address.ts';
import { createBatched } from './batched.ts';
import { createBlobs } from './blobs.ts';
import { openServerClock, type StoreClock, serverTime } from './clock.ts';
import { createTaskCollection } from './collection.ts';
import { connect } from './connect.ts';
import { createParked } from './cooldowns.ts';
import { createDb, type Db, OPERATION_MS } from './db.ts';
import { createDrafts } from './drafts.ts';
import { createDump } from './dump.ts';
import { createPaces } from './durations.ts';
import { unavailable, type Whereabouts } from './errors.ts';
import { createFiles } from './files.ts';
import { createLocks } from './locks.ts';
import { migrate } from './migrate.ts';
import { createAgree } from './set-once.ts';
import { createSpend } from './spend.ts';
import { sweep } from './sweep.ts';
import { createTasks } from './tasks.ts';
import { createTurns } from './turns.ts';

export interface MongoOptions {
  /** `mongodb://` or `mongodb+srv://`; without a database's name, `kinora`. */
  url: string;
  log?: Pick<Log, 'error'>;
  /** Instead of the server's clock. */
  clock?: Pick<Clock, 'now'>;
}

/**
 * The record in one MongoDB, shared by any number of processes. Throws `StoreUnavailable`, within ten seconds and in one
 * sentence without the password, where it cannot be reached or used.
 */
export async function openMongoStore({ url, log, clock }: MongoOptions): Promise<Store> {
  const address = readAddress(url);
  const db = createDb(await connect(address), address);
  let time: StoreClock | undefined;
  try {
    time = clock ? given(clock) : await openServerClock(() => db.run(() => serverTime(db.native)));
    await migrate({ db, clock: time, where: address });
    return assemble({ db, clock: time, where: address, ...(log ? { log } : {}) });
  } catch (error) {
    time?.stop();
    await db.close();
    throw error;
  }
}

/** A clock that is right by itself. */
export const given = (clock: Pick<Clock, 'now'>): StoreClock => ({
  now: () => clock.now(),
  fresh: async () => {},
  stop: () => {},
});

/** A store on a database that is ready. */
export function assemble(of: { db: Db; clock: StoreClock; where: Whereabouts; log?: Pick<Log, 'error'> }): Store {
  const { db, clock, where } = of;
  const files = createFiles(of);
  const blobs = createBlobs({ ...of, files });
  const late = () => unavailable('slow', where);
  const turns = createTurns(OPERATION_MS / 2, late);
  const batched = createBatched(OPERATION_MS / 2, late);
  const tasks = createTaskCollection(db, batched);
  return {
    now: () => clock.now(),
    tasks: createTasks({ ...of, tasks, blobs, turns, batched }),
    blobs,
    drafts: createDrafts(of),
    spend: createSpend(of),
    cooldowns: createParked(of),
    durations: createPaces(db),
    locks: createLocks(of),
    dump: createDump(db),
    setOnce: createAgree(db),
    sweep: ({ keepMs } = {}) => sweep({ ...of, tasks, blobs, files }, keepMs),
    async close() {
      clock.stop();
      await db.close();
    },
  };
}
