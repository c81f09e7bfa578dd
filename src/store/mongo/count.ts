import type { Count, CountFor } from '../count.ts';
import { countIn } from './collection.ts';
import type { MongoDb } from './db.ts';
import { whose } from './look.ts';
import { waiting } from './queries.ts';
import { keysOf, openedSince, spentSince, sumIn } from './spend.ts';

/** What a day's limits count, in one round trip. */
export const createCount =
  ({ askInOrder }: Pick<MongoDb, 'askInOrder'>) =>
  async (wanted: CountFor): Promise<Count> => {
    const opened = { of: 'spend', stages: openedSince(wanted.lately) } as const;
    const [before = [], spent = [], waits = [], after = []] = await askInOrder([
      opened,
      { of: 'spend', stages: spentSince(wanted.since, keysOf(wanted.spent)) },
      { of: 'tasks', stages: waiting(whose(wanted.waiting)) },
      opened,
    ]);
    return { spent: sumIn(spent), waiting: sumIn(waits), isSure: countIn(before) === countIn(after) };
  };
