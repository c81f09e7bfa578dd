import { z } from 'zod';
import type { Db } from './db.ts';
import { type Count, counting, type Query, type Stage } from './queries.ts';

/** Questions and changes as `queries.ts` and `updates.ts` put them, asked of the tasks. What comes back is not parsed. */
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

export function createTaskCollection({ models: { tasks }, run }: Db): TaskCollection {
  const aggregate = (stages: Stage[]): Promise<unknown[]> => run(() => tasks.collection.aggregate(stages).toArray());
  return {
    find: ({ filter, sort, limit, fields }) =>
      run(() => {
        const query = tasks.find(filter, fields ?? {});
        if (sort) query.sort(sort);
        // In one answer: a server would send the first hundred and be asked for the rest.
        if (limit !== undefined) query.limit(limit).batchSize(limit);
        return query.lean();
      }),
    async count(what) {
      const [found] = await aggregate(counting(what));
      return found ? countSchema.parse(found).count : 0;
    },
    aggregate,
    change: ({ filter, sort }, update) =>
      run(() =>
        tasks
          .findOneAndUpdate(filter, update, {
            returnDocument: 'after',
            updatePipeline: true,
            ...(sort ? { sort } : {}),
          })
          .lean(),
      ),
    changeAll: async ({ filter }, update) =>
      (await run(() => tasks.updateMany(filter, update, { updatePipeline: true }))).matchedCount,
  };
}
