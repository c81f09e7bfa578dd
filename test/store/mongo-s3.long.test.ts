import { afterAll, beforeAll, describe } from 'vitest';
import { useBucket } from '../../src/store/open-bucket.ts';
import { describeBytes } from '../contract/store.ts';
import { type MongoDatabase, noMongo, openMongoDatabase } from '../helpers/mongo.ts';
import { noS3, testBucket } from '../helpers/s3.ts';

describe.skipIf(noMongo || noS3)('MongoDB with object storage', () => {
  /** A test that copies has two stores at once. */
  let free: MongoDatabase[];
  beforeAll(async () => {
    free = [await openMongoDatabase(), await openMongoDatabase()];
  });
  afterAll(() => Promise.all(free.map((database) => database.drop())));

  describeBytes('the MongoDB store', async (clock) => {
    const database = free.pop();
    if (!database) throw new Error('no database is free');
    return {
      store: database.store(clock, await useBucket(testBucket())),
      async close() {
        await database.empty();
        free.push(database);
      },
    };
  });
});
