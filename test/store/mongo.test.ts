import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeStore } from '../contract/store.ts';
import { type MongoDatabase, mongoUrl, noMongo, openMongoDatabase, withOptions } from '../helpers/mongo.ts';
import { collectAsked } from '../helpers/mongo-asked.ts';

/** Asked for without an index, and seldom: all small values, where a record is copied. */
const SCANS = ['aggregate kv: pipeline [{"$match":{"owner":{"$exists":"?"}}}'];

describe.skipIf(noMongo)('MongoDB', () => {
  let databases: MongoDatabase[];
  /** A test that copies has two stores at once. */
  let free: MongoDatabase[];
  let asked: ReturnType<typeof collectAsked>[];
  beforeAll(async () => {
    const open = () => openMongoDatabase(withOptions(mongoUrl(), { monitorCommands: 'true' }));
    databases = [await open(), await open()];
    free = [...databases];
    asked = databases.map(({ db }) => collectAsked(db.native.client));
  });
  afterAll(() => Promise.all(databases.map((database) => database.drop())));

  describeStore('the MongoDB store', async (clock) => {
    const database = free.pop();
    if (!database) throw new Error('no database is free');
    return {
      store: database.store(clock),
      async close() {
        await database.empty();
        free.push(database);
      },
    };
  });

  it('was asked nothing by all of that which has no index, and has no index that nothing of it is asked by', async () => {
    const [one] = databases;
    if (!one) throw new Error('there is no database');
    const { native } = one.db;
    const planned = (await Promise.all(asked.map(({ explain }) => explain(native)))).flat();
    const scans = planned.filter(({ isScan }) => isScan).map(({ shape }) => shape);
    expect(scans.filter((shape) => !SCANS.some((known) => shape.startsWith(known)))).toEqual([]);
    const used = new Set(planned.flatMap(({ indexes }) => indexes));
    const unused: string[] = [];
    for (const { name } of await native.listCollections({}, { nameOnly: true }).toArray())
      for (const index of await native.collection(name).indexes())
        if (index.name !== '_id_' && !used.has(`${name}.${index.name}`)) unused.push(`${name}.${index.name}`);
    expect(unused).toEqual([]);
  });
});
