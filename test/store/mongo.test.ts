import { afterAll, beforeAll, describe } from 'vitest';
import { describeStore } from '../contract/store.ts';
import { type MongoDatabase, noMongo, openMongoDatabase } from '../helpers/mongo.ts';

describe.skipIf(noMongo)('MongoDB', () => {
  /** A test that copies has two stores at once. */
  let free: MongoDatabase[];
  beforeAll(async () => {
    free = [await openMongoDatabase(), await openMongoDatabase()];
  });
  afterAll(() => Promise.all(free.map((database) => database.drop())));

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
});
