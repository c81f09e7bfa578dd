import { z } from 'zod';
import { instantOf, leastTaskId, type NewTask, personOf, TASK_STATES, type Task } from '../../task/task.ts';
import { withChanges } from '../../util/with-changes.ts';
import { BlobsGone, type NewBlobs } from '../blobs.ts';
import { key } from '../keys.ts';
import { apart, checkNewTask, partsOf, recordedTask } from '../task-record.ts';
import { LEASE_MS, MAX_POSITION, nextRank, type Tasks } from '../tasks.ts';
import type { BlobFiles } from './blob-files.ts';
import { putBlob, shareBlobs } from './blobs.ts';
import { createClaims, type SqliteClaimDeps } from './claims.ts';
import type { Params } from './db.ts';
import { createFacts } from './facts.ts';
import { forgetTask } from './forget.ts';
import { createPages } from './pages.ts';
import { columnsOf, findTask, idSchema, rowSchema, starsOf, whose } from './row.ts';
import { TASK_SQL, underWaySql } from './sql.ts';

const ranksSchema = z.object({
  own: z.number().nullable(),
  running: z.number().nullable(),
  waiting: z.number().nullable(),
});
const countsSchema = z.record(z.enum(TASK_STATES), z.number());
const dueSchema = z.object({ due_at: z.number() });

/** The tasks in one SQLite file. */
export function createTasks(deps: SqliteClaimDeps & { files: BlobFiles }): Tasks {
  const { db, clock } = deps;

  const find = (sql: string, params: Params) => findTask(db, sql, params);

  function rankOf({ provider, requester }: NewTask): number {
    const whose = { provider: key(provider), requester: key(personOf(requester)) };
    const [found] = db.rows(ranksSchema, TASK_SQL.ranks, whose);
    return nextRank(found?.own ?? undefined, found?.running ?? found?.waiting ?? undefined);
  }

  /** What shows a clip has its stars. Throws where the clip was taken down: it is shown nowhere from then on. */
  function starsNow({ shows }: NewTask): string[] | undefined {
    if (shows === undefined) return undefined;
    const [original] = db.rows(rowSchema, TASK_SQL.get, { id: shows });
    if (!original) throw new BlobsGone(`Task ${shows} is not there any more.`);
    return starsOf(original);
  }

  function insertNow(told: NewTask, blobs?: NewBlobs, owner?: string): { task: Task; created: boolean } {
    const earlier = find(TASK_SQL.byRequestKey, { requestKey: key(told.requestKey) });
    if (earlier) return { task: earlier, created: earlier.id === told.id };
    const now = clock.now();
    const task = recordedTask(told, { rank: rankOf(told), now, stars: starsNow(told) });
    const lease = owner === undefined ? undefined : { owner, until: now + LEASE_MS };
    db.insert('tasks', columnsOf({ task, dueAt: now }, lease));
    const { staged, shared } = apart(blobs);
    for (const blob of shared) shareBlobs(db, task.id, blob, now);
    for (const blob of staged) putBlob(db, blob, now);
    return { task, created: true };
  }

  return {
    ...createClaims(deps),
    ...createFacts(deps),
    ...createPages(deps),

    async insert(told, blobs, { owner } = {}) {
      const task = checkNewTask(told, blobs);
      return db.together(() => insertNow(task, blobs, owner));
    },

    reword: (id, words, state) =>
      db.together(() => {
        const task = find(TASK_SQL.get, { id });
        const fixed = task && JSON.stringify(partsOf(withChanges(task, words)).fixed);
        return task && find(TASK_SQL.reword, { id, state, fixed, now: clock.now() });
      }),

    get: async (id) => find(TASK_SQL.get, { id }),
    async byRequestKey(requestKey) {
      const task = find(TASK_SQL.byRequestKey, { requestKey: key(requestKey) });
      // A person is told that it is on record, so it has to be on disk.
      return task && db.together(() => task);
    },

    async underWay(of) {
      const params = whose(of);
      return db.count(underWaySql(params), params);
    },

    async ahead({ id, provider, rank }) {
      const most = MAX_POSITION;
      return Math.min(most, db.count(TASK_SQL.ahead, { provider: key(provider), rank, id, most }));
    },

    async counts() {
      const counted = TASK_STATES.map((state) => [state, db.count(TASK_SQL.open, { state })]);
      return countsSchema.parse(Object.fromEntries(counted));
    },

    recorded: async ({ state, from, to }) =>
      db.count(TASK_SQL.recorded, { state, first: leastTaskId(from), end: leastTaskId(to) }),
    async oldestIn(state) {
      const [oldest] = db.rows(idSchema, TASK_SQL.oldestIn, { state });
      return oldest && instantOf(oldest.id);
    },

    oldestDue: async () => db.rows(dueSchema, TASK_SQL.oldestDue, { now: clock.now() })[0]?.due_at,

    async remove(id) {
      let removed: Task | undefined;
      await forgetTask(deps, id, () => {
        removed = find(TASK_SQL.get, { id });
        db.run(TASK_SQL.remove, { id });
        return true;
      });
      return removed;
    },
  };
}
