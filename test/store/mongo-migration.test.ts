import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAddress } from '../../src/store/mongo/address.ts';
import { connect } from '../../src/store/mongo/connect.ts';
import { createDb, type MongoDb } from '../../src/store/mongo/db.ts';
import { migrate } from '../../src/store/mongo/migrate.ts';
import { MIGRATIONS } from '../../src/store/mongo/migrations.ts';
import { assemble, given } from '../../src/store/mongo/open.ts';
import { HandClock } from '../contract/store/tools.ts';
import { mongoUrl, noMongo } from '../helpers/mongo.ts';

interface Old {
  _id: string;
  [field: string]: unknown;
}
/** What a program of version 2 wrote. */
const VERSION_2: Record<string, Old> = {
  drafts: { _id: '"harbour ada"', data: '{"a":null}', expiresAt: 1767409445000 },
  paces: { _id: '"preview 5"', data: '{"seconds":[1,2]}' },
  parked: { _id: '"preview 0a1b2c3d"', reason: 'no-credits', until: 1767341045000 },
  locks: { _id: '"telegram"', owner: '"one"', until: 1767323075000 },
  meta: { _id: 'mark', as: 'moved away' },
  agreed: { _id: '"web-secret"', value: 'c0ffee' },
};

describe.skipIf(noMongo)('a MongoDB of an earlier version', () => {
  const url = mongoUrl();
  const where = readAddress(url);
  const clock = new HandClock();
  let db: MongoDb;
  const migrateTo = (version: number) => migrate({ db, clock: given(clock), where }, MIGRATIONS.slice(0, version));

  beforeEach(async () => {
    db = createDb(await connect(where), where);
    await migrateTo(2);
    for (const [name, document] of Object.entries(VERSION_2)) await db.native.collection<Old>(name).insertOne(document);
  });
  afterEach(async () => {
    await db.native.dropDatabase();
    await db.close();
  });

  async function expectTakenOver(): Promise<void> {
    const store = assemble({ db, clock: given(clock), where });
    expect(await store.drafts.get('harbour ada')).toEqual({ key: 'harbour ada', data: { a: null } });
    expect(await store.durations.get('preview 5')).toEqual({ seconds: [1, 2] });
    expect(await store.cooldowns.get('preview 0a1b2c3d')).toEqual({ until: 1767341045000, reason: 'no-credits' });
    expect(await store.setOnce('web-secret', 'another')).toBe('c0ffee');
    expect(await store.dump.marked()).toBe('moved away');
    // Another process may hold it still.
    expect(await store.locks.hold('telegram', 'two', 10_000)).toBe(false);
    expect(await store.locks.hold('telegram', 'one', 30_000)).toBe(true);
    expect((await store.dump.counts()).kv).toBe(4);
    const collections = await db.native.listCollections({}, { nameOnly: true }).toArray();
    for (const name of Object.keys(VERSION_2)) expect(collections.map((it) => it.name)).not.toContain(name);
  }

  it('has its small values, of six collections, taken over', async () => {
    await migrateTo(MIGRATIONS.length);
    await expectTakenOver();
  });

  it('has them taken over once, also where the step was cut short or two did it at once', async () => {
    const [, , step] = MIGRATIONS;
    await Promise.allSettled([step?.run(db.native), step?.run(db.native)]);
    await db.native.collection<Old>('drafts').insertOne({ _id: '"harbour ada"', data: '"older"', expiresAt: 1 });
    await migrateTo(MIGRATIONS.length);
    await expectTakenOver();
  });
});
