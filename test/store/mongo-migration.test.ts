import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAddress } from '../../src/store/mongo/address.ts';
import { connect } from '../../src/store/mongo/connect.ts';
import { createDb, type MongoDb } from '../../src/store/mongo/db.ts';
import { migrate } from '../../src/store/mongo/migrate.ts';
import { MIGRATIONS } from '../../src/store/mongo/migrations.ts';
import { assemble } from '../../src/store/mongo/open.ts';
import { HandClock, known } from '../contract/store/tools.ts';
import { given, mongoUrl, noMongo } from '../helpers/mongo.ts';
import { OLD_TASK, TASK_OF_TODAY } from './old-task.ts';

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
const VERSION_2_TASK: Old = {
  ...OLD_TASK,
  _id: OLD_TASK.fixed.id,
  requestKey: '"k1"',
  requester: '"ada"',
  provider: '"preview"',
  place: '["test","harbour"]',
  cost: 0,
  state: 'failed',
  rank: 0,
  createdAt: 1767323045000,
  version: 2,
  asked: 0,
  accepted: [],
  sent: [],
  requests: {},
  endedAt: 1767323045000,
};

describe.skipIf(noMongo)('a MongoDB of an earlier version', () => {
  const url = mongoUrl();
  const where = readAddress(url);
  const clock = new HandClock();
  let db: MongoDb;
  const migrateTo = (version: number) => migrate({ db, clock: given(clock) }, MIGRATIONS.slice(0, version));

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
    const store = assemble({ db, clock: given(clock) });
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

  it('has tasks whose unions were told apart by other words; they are read, kept and copied as those of today', async () => {
    const tasks = db.native.collection<Old>('tasks');
    await tasks.insertOne(VERSION_2_TASK);
    await migrateTo(MIGRATIONS.length);
    const store = assemble({ db, clock: given(clock) });
    const task = known(await store.tasks.get(OLD_TASK.fixed.id));
    expect(task).toMatchObject(TASK_OF_TODAY);
    for await (const entry of store.dump.entries('task')) expect(entry.task).toEqual(task);
    await store.tasks.ask(task.id, { type: 'wake' });
    const [claimed] = await store.tasks.claimDue('one', 1);
    expect(await store.tasks.save(known(claimed), { owner: 'one' })).toMatchObject(TASK_OF_TODAY);
    expect((await tasks.findOne({}))?.decisions).toMatchObject(TASK_OF_TODAY);
  });

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
