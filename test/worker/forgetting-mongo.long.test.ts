import { afterAll, beforeAll, describe } from 'vitest';
import { type MongoDatabase, noMongo, openMongoDatabase } from '../helpers/mongo.ts';
import { describeForgetting } from './forgetting.ts';

describe.skipIf(noMongo)('/forget, with MongoDB', () => {
  let database: MongoDatabase;
  beforeAll(async () => {
    database = await openMongoDatabase();
  });
  afterAll(() => database.drop());

  describeForgetting({
    async openStore(clock) {
      await database.empty();
      return database.store(clock);
    },
    /** Every document of every collection, GridFS's chunks too. */
    async traces() {
      const { native } = database.db;
      const collections = await native.listCollections({}, { nameOnly: true }).toArray();
      const found = await Promise.all(
        collections.map(({ name }) => native.collection(name).find({}, { promoteBuffers: true }).toArray()),
      );
      return found
        .flat()
        .flatMap((document) => [
          JSON.stringify(document),
          ...Object.values(document).map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : '')),
        ])
        .join('\n');
    },
  });
});
