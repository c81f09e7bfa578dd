import { afterAll, beforeAll, describe } from 'vitest';
import { type MongoDatabase, noMongo, openMongoDatabase } from '../helpers/mongo.ts';
import { describeStuck } from './stuck.ts';

describe.skipIf(noMongo)('more than a thousand that are stuck, with MongoDB', () => {
  let database: MongoDatabase;
  beforeAll(async () => {
    database = await openMongoDatabase();
  });
  afterAll(() => database.drop());
  describeStuck(async (clock) => {
    await database.empty();
    return database.store(clock);
  });
});
