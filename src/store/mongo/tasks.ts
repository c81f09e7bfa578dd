import { z } from 'zod';
import { instantOf, leastTaskId, newTaskSchema, TASK_STATES, type Task, type TaskState } from '../../task/task.ts';
import { key } from '../keys.ts';
import { MAX_POSITION, type Tasks } from '../tasks.ts';
import type { Batched } from './batched.ts';
import type { MongoBlobs } from './blobs.ts';
import { createClaims, type MongoClaimDeps } from './claims.ts';
import { idOf, toTask } from './document.ts';
import { createFacts } from './facts.ts';
import { createInsert } from './insert.ts';
import { whose } from './look.ts';
import { createPages } from './pages.ts';
import { count, find, type Query } from './queries.ts';
import type { Ranks } from './ranks.ts';
import { forgetRest } from './sweep.ts';
import { rewording } from './updates.ts';

const dueSchema = z.object({ dueAt: z.number() });
const countsSchema = z.record(z.enum(TASK_STATES), z.number());

/** The tasks in one database. */
export function createTasks(deps: MongoClaimDeps & { blobs: MongoBlobs; batched: Batched; ranks: Ranks }): Tasks {
  const { db, tasks, clock } = deps;

  async function get(query: Query): Promise<Task | undefined> {
    const [document] = await tasks.find(query);
    return document ? toTask(document) : undefined;
  }

  async function remove(id: string): Promise<Task | undefined> {
    // First: never a task without its blobs.
    const removed = await db.run(() => db.models.tasks.findOneAndDelete(find.byId(id).filter).lean());
    await forgetRest(deps, id);
    return removed ? toTask(removed) : undefined;
  }

  return {
    ...createClaims(deps),
    ...createFacts(deps),
    ...createPages(deps),

    insert: createInsert({ ...deps, remove }),
    async reword(id, words, state) {
      const { scene, options } = newTaskSchema.pick({ scene: true, options: true }).parse(words);
      const now = clock.now();
      const task = await tasks.change(find.rewordable(id, state), rewording({ scene, options }, now));
      return task ? toTask(task) : undefined;
    },
    get: (id) => get(find.byId(id)),
    byRequestKey: (requestKey) => get(find.byRequestKey(key(requestKey))),

    underWay: (of) => tasks.count(count.underWay(whose(of))),

    async ahead(task) {
      const provider = key(task.provider);
      const ahead = await Promise.all([
        tasks.count(count.aheadByRank(provider, task.rank)),
        tasks.count(count.aheadById(provider, task)),
      ]);
      return Math.min(MAX_POSITION, ahead[0] + ahead[1]);
    },

    async counts() {
      const counted = async (state: TaskState) => [state, await tasks.count(count.open(state))] as const;
      return countsSchema.parse(Object.fromEntries(await Promise.all(TASK_STATES.map(counted))));
    },

    recorded: ({ state, from, to }) => tasks.count(count.recorded(state, leastTaskId(from), leastTaskId(to))),
    async oldestIn(state) {
      const [oldest] = await tasks.find(find.oldestIn(state));
      return oldest === undefined ? undefined : instantOf(idOf(oldest));
    },

    async oldestDue() {
      const [oldest] = await tasks.find(find.oldestDue(clock.now()));
      return oldest ? dueSchema.parse(oldest).dueAt : undefined;
    },

    remove,
  };
}
