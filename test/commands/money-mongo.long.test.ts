import { afterAll, beforeAll, describe } from 'vitest';
import { type MongoDatabase, noMongo, openMongoDatabase } from '../helpers/mongo.ts';
import { describeMoney } from './money.ts';

describe.skipIf(noMongo)('with MongoDB', () => {
  let database: MongoDatabase;
  beforeAll(async () => {
    database = await openMongoDatabase();
  });
  afterAll(() => database.drop());

  describeMoney(async (clock) => {
    await database.empty();
    return database.store(clock);
  });
});
