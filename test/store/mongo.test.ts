import { afterAll, beforeAll, describe } from 'vitest';
import { describeStore } from '../contract/store.ts';
import { type MongoDatabase, noMongo, openMongoDatabase } from '../helpers/mongo.ts';

describe.skipIf(noMongo)('MongoDB', () => {
  let database: MongoDatabase;
  beforeAll(async () => {
    database = await openMongoDatabase();
  });
  afterAll(() => database?.drop());

  describeStore('the MongoDB store', async (clock) => ({
    store: database.store(clock),
    close: () => database.empty(),
  }));
});
