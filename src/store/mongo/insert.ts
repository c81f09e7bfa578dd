import type { NewTask } from '../../task/task.ts';
import { key } from '../keys.ts';
import { checkNewTask, receivedTask } from '../task-record.ts';
import type { Tasks } from '../tasks.ts';
import type { Batched } from './batched.ts';
import type { StoreClock } from './clock.ts';
import type { TaskCollection } from './collection.ts';
import { documentOf, toTask } from './document.ts';
import { isTaken } from './errors.ts';
import { find } from './queries.ts';
import { createRanks } from './ranks.ts';

/** Tasks that come together are one write. Of a process one batch at a time, so that each ranks behind those before. */
export function createInsert(deps: { tasks: TaskCollection; clock: StoreClock; batched: Batched }): Tasks['insert'] {
  const { tasks, clock, batched } = deps;
  const ranked = createRanks(tasks);

  const insertOne = batched(async (batch: NewTask[]) => {
    const ranks = await ranked(batch);
    const now = clock.now();
    let standing = ranks.map(({ task, rank }) => receivedTask(task, { rank, now }));
    let taken: unknown;
    try {
      await tasks.insertEach(standing.map((task) => documentOf({ task, dueAt: now })));
    } catch (error) {
      if (!isTaken(error)) throw error;
      // One of the requests was told before, here or to another process; a look says which, and what is there.
      taken = error;
      standing = (await tasks.find(find.byRequestKeys(batch.map(({ requestKey }) => key(requestKey))))).map(toTask);
    }
    const byKey = new Map(standing.map((task) => [task.requestKey, task]));
    return ({ id, requestKey }) => {
      const task = byKey.get(requestKey);
      if (!task) throw taken;
      return { task, created: task.id === id };
    };
  });

  // The blob is there already: see `stage`.
  return async (told, upload) => insertOne(checkNewTask(told, upload));
}
