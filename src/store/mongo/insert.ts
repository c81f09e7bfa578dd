import type { NewTask, Task } from '../../task/task.ts';
import { BlobsGone } from '../blobs.ts';
import { key } from '../keys.ts';
import { apart, checkNewTask, recordedTask } from '../task-record.ts';
import type { Standings, Tasks } from '../tasks.ts';
import type { Batched } from './batched.ts';
import type { MongoBlobs } from './blobs.ts';
import type { StoreClock } from './clock.ts';
import type { TaskCollection } from './collection.ts';
import { documentOf, idOf, toTask } from './document.ts';
import { isTaken } from './errors.ts';
import { find } from './queries.ts';
import { laneOf, type Ranks } from './ranks.ts';
import { leaseFor, starredAs } from './updates.ts';

interface NewRecord {
  task: NewTask;
  standings?: Standings;
  owner?: string;
}

/** Tasks that come together are one write. Of a process one batch at a time, so that each ranks behind those before. */
export function createInsert(deps: {
  tasks: TaskCollection;
  blobs: MongoBlobs;
  clock: StoreClock;
  batched: Batched;
  ranks: Ranks;
  remove: Tasks['remove'];
}): Tasks['insert'] {
  const { tasks, blobs, clock, batched, ranks, remove } = deps;

  const insertOne = batched(async (batch: NewRecord[]) => {
    const ready = await Promise.all(
      batch.map(async ({ task, standings }) => ({
        task,
        standings: standings ?? (await ranks.standings(laneOf(task))),
      })),
    );
    if (batch.some(({ owner }) => owner !== undefined)) await clock.fresh();
    const now = clock.now();
    let standing = ready.map(({ task, standings }) =>
      recordedTask(task, { rank: ranks.next(laneOf(task), standings), now }),
    );
    let taken: unknown;
    try {
      const leases = batch.map(({ owner }) =>
        owner === undefined ? undefined : leaseFor(owner, { now, starting: false }),
      );
      await tasks.insertEach(standing.map((task, n) => documentOf({ task, dueAt: now }, leases[n])));
    } catch (error) {
      if (!isTaken(error)) throw error;
      // One of the requests was told before, here or to another process; a look says which, and what is there.
      taken = error;
      standing = (await tasks.find(find.byRequestKeys(batch.map(({ task }) => key(task.requestKey))))).map(toTask);
    } finally {
      ranks.end();
    }
    const byKey = new Map(standing.map((task) => [task.requestKey, task]));
    return ({ task: { id, requestKey } }) => {
      const task = byKey.get(requestKey);
      if (!task) throw taken;
      return { task, created: task.id === id };
    };
  });

  /** What shows a clip has its stars. Those given from the insert on it gets by itself; see `star`. */
  async function copyStars(task: Task, original: string): Promise<Task> {
    const [found] = await tasks.find(find.byId(original));
    const stars = found ? (toTask(found).stars ?? []) : [];
    const starred = stars.length > 0 ? await tasks.change(find.byId(task.id), starredAs(stars)) : undefined;
    return starred ? toTask(starred) : task;
  }

  return async (told, given, by = {}) => {
    const task = checkNewTask(told, given);
    // What was staged is there already. So is what is shared before any worker sees its task.
    const { shared } = apart(given);
    if (shared.length === 0) return insertOne({ task, ...by });
    const [known] = await tasks.find(find.byRequestKey(key(task.requestKey)));
    if (known) return { task: toTask(known), created: idOf(known) === task.id };
    for (const each of shared) await blobs.share(task.id, each);
    const inserted = await insertOne({ task, ...by });
    if (inserted.task.id !== task.id) await blobs.removeAll(task.id);
    if (!inserted.created || task.shows === undefined) return inserted;
    // Whoever takes the clip down looks for what shows it when the clip's own task is gone: this one, or not yet.
    if ((await tasks.find(find.byId(task.shows))).length === 0) {
      await remove(task.id);
      throw new BlobsGone(`Task ${task.shows} is not there any more.`);
    }
    return { task: await copyStars(inserted.task, task.shows), created: true };
  };
}
