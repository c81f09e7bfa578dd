import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAddress } from '../../src/store/mongo/address.ts';
import { connect } from '../../src/store/mongo/connect.ts';
import { createDb, type MongoDb } from '../../src/store/mongo/db.ts';
import { migrate } from '../../src/store/mongo/migrate.ts';
import { MIGRATIONS } from '../../src/store/mongo/migrations.ts';
import { assemble } from '../../src/store/mongo/open.ts';
import { HandClock, spentSince, toldBy } from '../contract/store/tools.ts';
import { given, mongoUrl, noMongo } from '../helpers/mongo.ts';
import { expectOldTask, expectOldValues, OLD_KEYS, OLD_TASK, OLD_VALUES } from './old-record.ts';

interface Old {
  _id: string;
  [field: string]: unknown;
}
const { drafts, paces, parked, locks, meta, agreed } = OLD_VALUES;
/** What a program of version 2 wrote. */
const VERSION_2: Record<string, Old> = {
  drafts: { _id: drafts.key, data: drafts.data, expiresAt: drafts.expiresAt },
  paces: { _id: paces.kind, data: paces.data },
  parked: { _id: parked.name, reason: parked.reason, until: parked.until },
  locks: { _id: locks.name, owner: locks.owner, until: locks.until },
  meta: { _id: meta.name, as: meta.as },
  agreed: { _id: agreed.name, value: agreed.value },
};
const { at, ...keys } = OLD_KEYS;
const VERSION_2_TASK: Old = {
  ...OLD_TASK,
  ...keys,
  _id: OLD_TASK.fixed.id,
  cost: 0,
  state: 'failed',
  rank: 0,
  createdAt: at,
  version: 2,
  asked: 0,
  accepted: [],
  sent: [],
  requests: {},
  endedAt: at,
};

describe.skipIf(noMongo)('a MongoDB of an earlier version', () => {
  const url = mongoUrl();
  const where = readAddress(url);
  let clock: HandClock;
  let db: MongoDb;
  const migrateTo = (version: number) => migrate({ db, clock: given(clock) }, MIGRATIONS.slice(0, version));

  beforeEach(async () => {
    clock = new HandClock();
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
    await expectOldValues(store);
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
    await expectOldTask(store, async () => (await tasks.findOne({}))?.decisions);
  });

  it('has what was spent before chats were counted, for everybody and its person, and for no chat', async () => {
    const { at } = OLD_KEYS;
    const row = { person: '"ada"', provider: '"paid"', cost: 3, request: '"r"', settled: true, moderated: false, at };
    await db.native.collection<Old>('spend').insertOne({ _id: '"a1"', ...row });
    await migrateTo(MIGRATIONS.length);
    const store = assemble({ db, clock: given(clock) });
    for (const of of [{}, { person: 'ada' }]) expect(await spentSince(store, 0, of)).toEqual({ credits: 3, clips: 1 });
    await store.spend.open({ attemptId: 'a2', person: 'ada', chat: 'c', provider: 'paid', cost: 1, request: 'r' });
    expect(await spentSince(store, 0, { chat: 'c' })).toEqual({ credits: 1, clips: 1 });
    const told = await toldBy(store.dump.entries('spend'));
    expect(told.map(({ chat }) => chat)).toEqual([undefined, 'c']);
  });

  it('has indexes of what has ended for what it is looked for by alone, and of the rest partial ones, once or twice over', async () => {
    const n = MIGRATIONS.findIndex(({ name }) => name.startsWith('what has ended is in as few indexes'));
    await migrateTo(n);
    const tasks = db.native.collection<Old>('tasks');
    expect(await tasks.indexExists(['state', 'clipsHere', 'clipsOwn', 'starsHere', 'starsHereBy', 'starsOwn'])).toBe(
      true,
    );
    const step = MIGRATIONS[n];
    await Promise.allSettled([step?.run(db.native), step?.run(db.native)]);
    // So long it is for programs of that version.
    clock.advance(30_000);
    await migrateTo(MIGRATIONS.length);
    const declared = await tasks.indexes();
    const whole = declared.filter((index) => index.partialFilterExpression === undefined);
    expect(whole.map(({ name }) => name).toSorted()).toEqual(['_id_', 'conversation', 'person', 'requestKey']);
    const ofEnded = declared.filter(({ partialFilterExpression: of = {} }) =>
      ['state', 'story', 'shows', 'endedAt'].some((field) => field in of && !('starred' in of)),
    );
    const known = ['ahead', 'story', 'shows', 'endedStarred', 'clipsHereBy', 'history'];
    expect(ofEnded.map(({ name }) => name).toSorted()).toEqual(known.toSorted());
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
