import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { readAddress } from '../../src/store/mongo/address.ts';
import type { StoreClock } from '../../src/store/mongo/clock.ts';
import { connect } from '../../src/store/mongo/connect.ts';
import { createDb, type MongoDb } from '../../src/store/mongo/db.ts';
import { migrate } from '../../src/store/mongo/migrate.ts';
import { assemble, objectsOf } from '../../src/store/mongo/open.ts';
import type { BucketUse } from '../../src/store/open-bucket.ts';
import type { Store } from '../../src/store/store.ts';
import type { Clock } from '../../src/util/clock.ts';
import type { MongoProgram } from './mongo-program.ts';

/** There is no server: suites that need one are skipped, as was said before the run. */
export const noMongo = inject('mongoUrl') === undefined;
/** There is no program to start a server of one's own with. */
export const noMongoProgram = inject('mongoProgram') === undefined;

export function mongoProgram(): MongoProgram {
  const program = inject('mongoProgram');
  if (!program) throw new Error('there is no MongoDB program');
  return program;
}

/** The run's server, a database of its own there. */
export function mongoUrl(database = `kinora-test-${randomBytes(6).toString('hex')}`): string {
  const url = new URL(inject('mongoUrl') ?? 'mongodb://nowhere.invalid/');
  // Where users are looked up goes by the database, unless it is said.
  if (url.username !== '' && !url.searchParams.has('authSource'))
    url.searchParams.set('authSource', url.pathname.slice(1) || 'admin');
  url.pathname = `/${database}`;
  return url.href;
}

/** The same address with more options. */
export function withOptions(address: string, options: Record<string, string>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(options)) url.searchParams.set(name, value);
  return url.href;
}

/** A clock that is right by itself. */
export const given = (clock: Pick<Clock, 'now'>): StoreClock => ({
  now: () => clock.now(),
  fresh: async () => {},
  stop: () => {},
});

/** One connection and one migrated database for a file of tests; each store on it begins empty. */
export interface MongoDatabase {
  readonly db: MongoDb;
  readonly url: string;
  store(clock: Pick<Clock, 'now'>, bucket?: BucketUse): Store;
  empty(): Promise<void>;
  drop(): Promise<void>;
}

export async function openMongoDatabase(url = mongoUrl()): Promise<MongoDatabase> {
  const where = readAddress(url);
  const db = createDb(await connect(where), where);
  await migrate({ db, clock: given({ now: Date.now }) });
  return {
    db,
    url,
    // Its `close` would close the connection, which the next test needs.
    store(clock, bucket) {
      const of = { db, clock: given(clock), bucket };
      return { ...assemble({ ...of, objects: objectsOf(of) }), close: async () => {} };
    },
    async empty() {
      const collections = await db.native.listCollections({}, { nameOnly: true }).toArray();
      await Promise.all(
        collections
          .filter(({ name }) => name !== 'schema')
          .map(({ name }) => db.native.collection(name).deleteMany({})),
      );
    },
    async drop() {
      await db.native.dropDatabase();
      await db.close();
    },
  };
}
