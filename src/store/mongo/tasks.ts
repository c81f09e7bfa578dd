import { z } from 'zod';
import { type NewTask, TASK_STATES, type Task, type TaskState } from '../../task/task.ts';
import { key, placeKey } from '../keys.ts';
import { checkNewTask } from '../parts.ts';
import { MAX_POSITION, type Tasks } from '../store.ts';
import type { Blobs } from './blobs.ts';
import { type ClaimDeps, createClaims } from './claims.ts';
import type { Db } from './db.ts';
import { firstDocument, readable, toTask } from './document.ts';
import { isTaken } from './errors.ts';
import { createNews } from './news.ts';
import { count, find, type Query, waiting } from './queries.ts';

const rankSchema = z.object({ rank: z.number() });
const waitingSchema = z.object({ clips: z.number(), credits: z.number() });
const dueSchema = z.object({ dueAt: z.number() });
const countsSchema = z.record(z.enum(TASK_STATES), z.number());

/** The tasks in one database. */
export function createTasks(deps: ClaimDeps & { db: Db; blobs: Blobs }): Tasks {
  const { db, tasks, blobs, clock, turns, log } = deps;

  async function get(query: Query): Promise<Task | undefined> {
    const [document] = await tasks.find(query);
    return document ? toTask(document) : undefined;
  }

  async function rankOf(query: Query): Promise<number | undefined> {
    const [found] = await tasks.find(query);
    return found ? rankSchema.parse(found).rank : undefined;
  }

  /**
   * Start-time fair queueing: a person's next task ranks one behind their last unfinished one, yet never before what
   * is running now. So whoever has a hundred waiting delays the next person by nobody but those already running.
   */
  async function nextRank(provider: string, requester: string): Promise<number> {
    const [ownWaiting = -1, ownRunning = -1, running] = await Promise.all([
      rankOf(find.ownRank(provider, requester, 'waiting')),
      rankOf(find.ownRank(provider, requester, 'running')),
      rankOf(find.runningRank(provider)),
    ]);
    const earliest = running ?? (await rankOf(find.waitingRank(provider))) ?? 0;
    return Math.max(earliest, Math.max(ownWaiting, ownRunning) + 1);
  }

  async function insertNow(task: NewTask): Promise<{ task: Task; created: boolean }> {
    const rank = await nextRank(key(task.provider), key(task.requester.id));
    const document = firstDocument(task, { rank, now: clock.now() });
    try {
      await db.run(() => db.models.tasks.insertOne(document));
      return { task: toTask(document), created: true };
    } catch (error) {
      if (!isTaken(error)) throw error;
      // Told again, which is rare: only then is the first one looked for.
      const first = await get(find.byRequestKey(key(task.requestKey)));
      if (!first) throw error;
      return { task: first, created: false };
    }
  }

  return {
    ...createClaims(deps),
    ...createNews(deps),

    /** A person's inserts go one after the other, so that each ranks behind the one before. */
    async insert(told) {
      const task = checkNewTask(told);
      return turns(`${key(task.provider)} ${key(task.requester.id)}`, () => insertNow(task));
    },

    get: (id) => get(find.byId(id)),
    byRequestKey: (requestKey) => get(find.byRequestKey(key(requestKey))),

    async waiting({ provider, person }) {
      const [sum] = await tasks.aggregate(waiting(key(provider), person === undefined ? undefined : key(person)));
      return sum ? waitingSchema.parse(sum) : { clips: 0, credits: 0 };
    },

    async ahead(task) {
      const provider = key(task.provider);
      const ahead = await Promise.all([
        tasks.count(count.aheadByRank(provider, task.rank)),
        tasks.count(count.aheadById(provider, task)),
      ]);
      return Math.min(MAX_POSITION, ahead[0] + ahead[1]);
    },

    async conversation(place, { limit, before }) {
      if (limit < 1) return [];
      return readable(await tasks.find(find.conversation(placeKey(place), limit, before)), log);
    },

    async clipsOf(person, { limit, before }) {
      if (limit < 1) return [];
      return readable(await tasks.find(find.clipsOf(key(person), limit, before)), log);
    },

    async counts() {
      const counted = async (state: TaskState) => [state, await tasks.count(count.inState(state))] as const;
      return countsSchema.parse(Object.fromEntries(await Promise.all(TASK_STATES.map(counted))));
    },

    async oldestDue() {
      const [oldest] = await tasks.find(find.oldestDue(clock.now()));
      return oldest ? dueSchema.parse(oldest).dueAt : undefined;
    },

    async remove(id) {
      // The task first: a crash then leaves blobs that nobody owns, for `sweep`, and never a task without its blobs.
      await db.run(() => db.models.tasks.deleteOne(find.byId(id).filter));
      await blobs.removeAll(id);
    },
  };
}
