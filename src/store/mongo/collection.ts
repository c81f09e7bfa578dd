import { z } from 'zod';
import type { Db } from './db.ts';
import { type Count, counting, type Query, type Stage } from './queries.ts';

/**
 * Questions and changes as `queries.ts` and `updates.ts` put them, asked of the tasks. By way of the driver itself:
 * mongoose would cast anew what those two files made, and that is a sixth of this process's time for a step. What comes
 * back is not parsed.
 */
export interface TaskCollection {
  find(query: Query): Promise<unknown[]>;
  count(what: Count): Promise<number>;
  aggregate(stages: Stage[]): Promise<unknown[]>;
  /** Changes one; returns it as it then stands. */
  change(query: Query, update: Stage[]): Promise<unknown>;
  /** Changes all; returns how many it found. */
  changeAll(query: Query, update: Stage[]): Promise<number>;
}

const countSchema = z.object({ count: z.number() });

export function createTaskCollection({ models, run }: Db): TaskCollection {
  const tasks = models.tasks.collection;
  const aggregate = (stages: Stage[]): Promise<unknown[]> => run(() => tasks.aggregate(stages).toArray());
  return {
    find: ({ filter, fields: projection, ...how }) =>
      run(() => {
        // In one answer: a server would send the first hundred and be asked for the rest.
        const batch = how.limit === undefined ? {} : { batchSize: how.limit };
        return tasks.find(filter, { ...how, ...batch, ...(projection ? { projection } : {}) }).toArray();
      }),
    async count(what) {
      const [found] = await aggregate(counting(what));
      return found ? countSchema.parse(found).count : 0;
    },
    aggregate,
    change: ({ filter, sort }, update) =>
      run(() => tasks.findOneAndUpdate(filter, update, { returnDocument: 'after', ...(sort ? { sort } : {}) })),
    changeAll: async ({ filter }, update) => (await run(() => tasks.updateMany(filter, update))).matchedCount,
  };
}
