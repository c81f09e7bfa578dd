import { z } from 'zod';
import { type NewTask, personOf, TASK_STATES, type Task } from '../../task/task.ts';
import { withChanges } from '../../util/with-changes.ts';
import type { StagedBlob } from '../blobs.ts';
import { key, keyIfAny, placeKey } from '../keys.ts';
import { sumSchema } from '../spend.ts';
import { checkNewTask, partsOf, receivedTask } from '../task-record.ts';
import { MAX_POSITION, nextRank, type Page, type Tasks } from '../tasks.ts';
import type { BlobFiles } from './blob-files.ts';
import { BLOB_SQL, fileSchema, putBlob, removeBlobs } from './blobs.ts';
import { createClaims, type SqliteClaimDeps } from './claims.ts';
import type { Params } from './db.ts';
import { createFacts } from './facts.ts';
import { columnsOf, findTask, readable, rowSchema } from './row.ts';
import { TASK_SQL } from './sql.ts';

const ranksSchema = z.object({
  own: z.number().nullable(),
  running: z.number().nullable(),
  waiting: z.number().nullable(),
});
const countsSchema = z.record(z.enum(TASK_STATES), z.number());
const dueSchema = z.object({ due_at: z.number() });

/** The tasks in one SQLite file. */
export function createTasks(deps: SqliteClaimDeps & { files: BlobFiles }): Tasks {
  const { db, clock, log } = deps;

  const find = (sql: string, params: Params) => findTask(db, sql, params);

  function rankOf({ provider, requester }: NewTask): number {
    const whose = { provider: key(provider), requester: key(personOf(requester)) };
    const [found] = db.rows(ranksSchema, TASK_SQL.ranks, whose);
    return nextRank(found?.own ?? undefined, found?.running ?? found?.waiting ?? undefined);
  }

  function insertNow(told: NewTask, upload?: StagedBlob): { task: Task; created: boolean } {
    const earlier = find(TASK_SQL.byRequestKey, { requestKey: key(told.requestKey) });
    if (earlier) return { task: earlier, created: earlier.id === told.id };
    const now = clock.now();
    const task = receivedTask(told, { rank: rankOf(told), now });
    db.insert('tasks', columnsOf({ task, dueAt: now }));
    if (upload) putBlob(db, upload, now);
    return { task, created: true };
  }

  /** Keyset paging by instant and id: what came or went meanwhile moves no other task to another page. */
  function page(of: Params, { limit, before }: Page, newest: string, older: string): Task[] {
    const cut = { limit: Math.max(0, limit), createdAt: before?.at.received, id: before?.id, ...of };
    return readable(db.rows(rowSchema, before ? older : newest, cut), log);
  }

  return {
    ...createClaims(deps),
    ...createFacts(deps),

    async insert(told, upload) {
      const task = checkNewTask(told, upload);
      return db.together(() => insertNow(task, upload));
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

    async waiting({ provider, person }) {
      const sql = person === undefined ? TASK_SQL.waitingAll : TASK_SQL.waitingOwn;
      const [sum] = db.rows(sumSchema, sql, { provider: key(provider), requester: keyIfAny(person) });
      return sum ?? { clips: 0, credits: 0 };
    },

    underWay: async ({ provider, person }) =>
      db.count(TASK_SQL.underWay, { provider: key(provider), requester: key(person) }),

    async ahead({ id, provider, rank }) {
      const most = MAX_POSITION;
      return Math.min(most, db.count(TASK_SQL.ahead, { provider: key(provider), rank, id, most }));
    },

    conversation: async (place, cut) => page({ place: placeKey(place) }, cut, TASK_SQL.newest, TASK_SQL.older),
    clipsOf: async (person, cut) => page({ requester: key(person) }, cut, TASK_SQL.newestClips, TASK_SQL.olderClips),

    async counts() {
      const counted = TASK_STATES.map((state) => [state, db.count(TASK_SQL.inState, { state })]);
      return countsSchema.parse(Object.fromEntries(counted));
    },

    oldestDue: async () => db.rows(dueSchema, TASK_SQL.oldestDue, { now: clock.now() })[0]?.due_at,

    async remove(id) {
      await removeBlobs(deps, id, () => {
        db.run(TASK_SQL.remove, { id });
        return db.rows(fileSchema, BLOB_SQL.removeAll, { task: id });
      });
    },
  };
}
