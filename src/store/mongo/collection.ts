import { z } from 'zod';
import type { Batched } from './batched.ts';
import type { MongoDb } from './db.ts';
import { idOf } from './document.ts';
import type { TaskDocument } from './models.ts';
import { find, type Query, type Stage } from './queries.ts';

const countSchema = z.object({ count: z.number() });

/** What was counted; nothing is found where there is none. */
export const countIn = ([found]: unknown[]): number => (found === undefined ? 0 : countSchema.parse(found).count);

export type TaskCollection = ReturnType<typeof createTaskCollection>;

/**
 * Questions and changes as `queries.ts` and `updates.ts` put them, asked of the tasks. By way of the driver itself:
 * mongoose would cast anew what those two files made, and that is a sixth of this process's time for a step. What comes
 * back is not parsed.
 */
export function createTaskCollection({ models, native, run }: MongoDb, batched: Batched) {
  const tasks = models.tasks.collection;
  const found = ({ filter, fields: projection, ...how }: Query): Promise<unknown[]> =>
    // In one answer: a server would send the first hundred and be asked for the rest.
    run(() => tasks.find(filter, { batchSize: how.limit, projection, ...how }).toArray());

  const changed = ({ filter, sort }: Query, update: Stage[]): Promise<unknown> =>
    run(() => tasks.findOneAndUpdate(filter, update, { returnDocument: 'after', sort }));

  const alterOne = batched(async (batch: { id: string; query: Query; update: Stage[] }[]) => {
    const [first] = batch;
    if (first && batch.length === 1) {
      const { id, query, update } = first;
      const standing = (await changed(query, update)) ?? (await found(find.byId(id)))[0];
      return () => standing;
    }
    const writes = batch.map(({ query: { filter }, update }) => ({ updateOne: { filter, update } }));
    await run(() => tasks.bulkWrite(writes, { ordered: false }));
    const all = await found(find.byIds([...new Set(batch.map(({ id }) => id))]));
    const standing = new Map(all.map((document) => [idOf(document), document]));
    return ({ id }) => standing.get(id);
  });

  return {
    find: found,
    count: async (stages: Stage[]): Promise<number> => countIn(await run(() => tasks.aggregate(stages).toArray())),
    /** Changes one; returns it as it then stands. */
    change: changed,
    /** Inserts what can be, in one write; throws where any could not. */
    async insertEach(documents: TaskDocument[]): Promise<void> {
      await run(() => native.collection<TaskDocument>('tasks').insertMany(documents, { ordered: false }));
    },
    /**
     * Changes this one if the filter fits it; returns it as it then stands, changed or not. One alone is changed and seen
     * in one round trip, what comes together in one write and one look at all.
     */
    alter: (id: string, query: Query, update: Stage[]): Promise<unknown> => alterOne({ id, query, update }),
    /** Changes all; returns how many it found. */
    changeAll: async ({ filter }: Query, update: Stage[]): Promise<number> =>
      (await run(() => tasks.updateMany(filter, update))).matchedCount,
  };
}
