import { afterAll, beforeAll, describe } from 'vitest';
import { createCount } from '../../src/store/mongo/count.ts';
import type { Clock } from '../../src/util/clock.ts';
import { type MongoDatabase, noMongo, openMongoDatabase } from '../helpers/mongo.ts';
import { describeMoney } from './money.ts';

describe.skipIf(noMongo)('with MongoDB', () => {
  let database: MongoDatabase;
  beforeAll(async () => {
    database = await openMongoDatabase();
  });
  afterAll(() => database.drop());

  const openStore = async (clock: Clock) => {
    await database.empty();
    return database.store(clock);
  };
  // As the server asks the questions of one round trip: one after the other.
  describeMoney(openStore, (afterEach) =>
    createCount({
      async askInOrder(questions) {
        const answers: unknown[][] = [];
        for (const question of questions) {
          answers.push(await database.db.ask(question));
          await afterEach();
        }
        return answers;
      },
    }),
  );
});
