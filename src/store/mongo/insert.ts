import type { NewTask } from '../../task/task.ts';
import { key } from '../keys.ts';
import type { Tasks } from '../store.ts';
import { checkNewTask } from '../task-record.ts';
import type { Batched } from './batched.ts';
import type { StoreClock } from './clock.ts';
import type { TaskCollection } from './collection.ts';
import { firstDocument, toTask } from './document.ts';
import { isTaken } from './errors.ts';
import { find } from './queries.ts';
import { createRanks } from './ranks.ts';

/** Tasks that come together are one write. Of a process one batch at a time, so that each ranks behind those before. */
export function createInsert(deps: { tasks: TaskCollection; clock: StoreClock; batched: Batched }): Tasks['insert'] {
  const { tasks, clock, batched } = deps;
  const ranked = createRanks(tasks);

  const insertOne = batched(async (batch: NewTask[]) => {
    const all = await ranked(batch);
    const now = clock.now();
    const documents = new Map(all.map(({ task, rank }) => [task, firstDocument(task, { rank, now })]));
    try {
      await tasks.insertEach([...documents.values()]);
      return (task) => ({ task: toTask(documents.get(task)), created: true });
    } catch (error) {
      if (!isTaken(error)) throw error;
      // One of the requests was told before, here or to another process; a look says which, and what is there.
      const there = (await tasks.find(find.byRequestKeys(batch.map(({ requestKey }) => key(requestKey))))).map(toTask);
      const standing = new Map(there.map((task) => [task.requestKey, task]));
      return ({ id, requestKey }) => {
        const task = standing.get(requestKey);
        if (!task) throw error;
        return { task, created: task.id === id };
      };
    }
  });

  // The blob is there already: see `stage`.
  return async (told, upload) => insertOne(checkNewTask(told, upload));
}
