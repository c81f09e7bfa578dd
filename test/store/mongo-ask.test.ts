import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type MongoDatabase, mongoUrl, noMongo, openMongoDatabase, withOptions } from '../helpers/mongo.ts';

const askedSchema = z.object({ aggregate: z.string(), pipeline: z.array(z.unknown()) });

/** With those that stand within others. */
function stagesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const within = Object.entries(value).map(([name, each]) =>
    name === 'pipeline' && Array.isArray(each) ? each.length + stagesIn(each) : stagesIn(each),
  );
  return within.reduce((all, n) => all + n, 0);
}

describe.skipIf(noMongo)('what is asked of MongoDB in one turn of the event loop', () => {
  let database: MongoDatabase;
  beforeAll(async () => {
    database = await openMongoDatabase(withOptions(mongoUrl(), { monitorCommands: 'true' }));
  });
  afterAll(() => database.drop());

  it('has each its own answer, in as few round trips as Atlas takes on its smallest clusters: 50 stages in one', async () => {
    const { native, ask, askInOrder } = database.db;
    const people = Array.from({ length: 100 }, (_, n) => `person ${n}`);
    await native.collection('spend').insertMany(people.map((person, n) => ({ person, cost: n })));
    const asked: number[] = [];
    native.client.on('commandStarted', ({ command }) => {
      const { data } = askedSchema.safeParse(command);
      if (data) asked.push(stagesIn(data));
    });
    const costs = await Promise.all(
      people.map((person) => ask({ of: 'spend', stages: [{ $match: { person } }, { $project: { _id: 0, cost: 1 } }] })),
    );
    expect(costs).toMatchObject(people.map((_, cost) => [{ cost }]));
    const inOrder = ['person 3', 'person 1'].map((person) => ({
      of: 'spend' as const,
      stages: [{ $match: { person } }],
    }));
    const together = await Promise.all([askInOrder(inOrder), ...Array.from({ length: 20 }, () => askInOrder(inOrder))]);
    for (const answers of together) expect(answers).toMatchObject([[{ cost: 3 }], [{ cost: 1 }]]);
    expect(Math.max(...asked)).toBeLessThanOrEqual(50);
    expect(asked.length).toBeLessThanOrEqual(13);
  });
});
