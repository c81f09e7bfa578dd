import mongoose from 'mongoose';
import { z } from 'zod';
import { key } from '../../../src/store/keys.ts';
import { count, find, type Query } from '../../../src/store/mongo/queries.ts';
import { atMost, type Result, told } from '../bench.ts';
import { FEW, MANY, OWNER } from './claims.ts';

const statsSchema = z.object({ executionStats: z.object({ totalKeysExamined: z.number() }) });
/** An aggregation is explained as a query where it is nothing else, else as stages after one. */
const explainedSchema = z.union([
  statsSchema,
  z.object({ stages: z.array(z.unknown()).min(1) }).transform(({ stages }) => {
    return z.object({ $cursor: statsSchema }).parse(stages[0]).$cursor;
  }),
]);

/** Keys examined by each query of a claim and a save, with few and with many waiting. */
export async function ofKeys(where: string, fewUrl: string, manyUrl: string): Promise<Result[]> {
  const [few, many] = [await keysExamined(fewUrl), await keysExamined(manyUrl)];
  const compared = (what: string, a: number, b: number): Result[] => [
    told(`${where}: ${what}, ${FEW} waiting`, a, 'keys'),
    told(`${where}: ${what}, ${MANY} waiting`, b, 'keys'),
    atMost(1.2, `${where}: ${what}, ${MANY} / ${FEW}`, b / a, '×'),
  ];
  return [
    ...compared('claim what is due + save, keys examined', few.due, many.due),
    ...compared('start the next + save, keys examined', few.start, many.start),
  ];
}

async function keysExamined(url: string): Promise<{ due: number; start: number }> {
  const client = await mongoose.mongo.MongoClient.connect(url);
  try {
    const tasks = client.db().collection<{ _id: string; version: number }>('tasks');
    const of = (explained: unknown) => explainedSchema.parse(explained).executionStats.totalKeysExamined;
    const keys = async ({ filter, sort, limit, fields }: Query) =>
      of(
        await tasks
          .find(filter, {
            ...(sort ? { sort } : {}),
            ...(limit ? { limit } : {}),
            ...(fields ? { projection: fields } : {}),
          })
          .explain('executionStats'),
      );
    const now = Date.now();
    const owner = key(OWNER);
    const provider = key('bench');
    const claimed = await tasks.findOne(find.due(now, 1).filter, { sort: { dueAt: 1 } });
    if (!claimed) throw new Error('nothing is due');
    // As if it had been claimed, so that what follows the claim finds it.
    await tasks.updateOne({ _id: claimed._id }, { $set: { leaseOwner: owner, claim: 'c1' } });
    const save = await keys(find.decidable(claimed._id, owner, claimed.version));
    const claim = [find.due(now, 1), find.stillDue([claimed._id], now), find.claimed([claimed._id], 'c1')];
    let due = save;
    for (const query of claim) due += await keys(query);
    const inFlight = of(await tasks.aggregate(count.inFlight(provider, 4)).explain('executionStats'));
    return { due, start: save + inFlight + (await keys(find.start(provider))) };
  } finally {
    await client.close();
  }
}
