import { z } from 'zod';
import type { Batched } from './batched.ts';
import type { MongoDb } from './db.ts';
import type { TaskDocument } from './models.ts';
import { type Count, counting, find, type Query, type Stage } from './queries.ts';

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
  /** Inserts what can be, in one write; throws where any could not. */
  insertEach(documents: TaskDocument[]): Promise<void>;
  /**
   * Changes this one if the filter fits it; returns it as it then stands, changed or not. What comes together is one write
   * and one look at all.
   */
  alter(id: string, query: Query, update: Stage[]): Promise<unknown>;
  /** Changes all; returns how many it found. */
  changeAll(query: Query, update: Stage[]): Promise<number>;
}

const idSchema = z.object({ _id: z.string() });
export const idOf = (document: unknown): string => idSchema.parse(document)._id;
const countSchema = z.object({ count: z.number() });

export function createTaskCollection({ models, native, run }: MongoDb, batched: Batched): TaskCollection {
  const tasks = models.tasks.collection;
  const aggregate = (stages: Stage[]): Promise<unknown[]> => run(() => tasks.aggregate(stages).toArray());
  const found = ({ filter, fields: projection, ...how }: Query): Promise<unknown[]> =>
    // In one answer: a server would send the first hundred and be asked for the rest.
    run(() => tasks.find(filter, { batchSize: how.limit, projection, ...how }).toArray());

  const alterOne = batched(async (batch: { id: string; query: Query; update: Stage[] }[]) => {
    const writes = batch.map(({ query: { filter }, update }) => ({ updateOne: { filter, update } }));
    await run(() => tasks.bulkWrite(writes, { ordered: false }));
    const all = await found(find.byIds([...new Set(batch.map(({ id }) => id))]));
    const standing = new Map(all.map((document) => [idOf(document), document]));
    return ({ id }) => standing.get(id);
  });

  return {
    find: found,
    async count(what) {
      const [found] = await aggregate(counting(what));
      return found ? countSchema.parse(found).count : 0;
    },
    aggregate,
    change: ({ filter, sort }, update) =>
      run(() => tasks.findOneAndUpdate(filter, update, { returnDocument: 'after', sort })),
    async insertEach(documents) {
      await run(() => native.collection<TaskDocument>('tasks').insertMany(documents, { ordered: false }));
    },
    alter: (id, query, update) => alterOne({ id, query, update }),
    changeAll: async ({ filter }, update) => (await run(() => tasks.updateMany(filter, update))).matchedCount,
  };
}
