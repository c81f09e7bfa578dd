import { z } from 'zod';
import { type NewTask, personOf, TASK_STATES, type Task } from '../../task/task.ts';
import type { StagedBlob } from '../blobs.ts';
import { key, placeKey } from '../keys.ts';
import { checkNewTask, firstDecisions, immutableFields } from '../task-record.ts';
import { MAX_POSITION, type Tasks } from '../tasks.ts';
import type { BlobFiles } from './blob-files.ts';
import { BLOB_SQL, fileSchema } from './blobs.ts';
import { createClaims, type SqliteClaimDeps } from './claims.ts';
import type { Params } from './db.ts';
import { createFacts } from './facts.ts';
import { readable, rowSchema, toTask } from './row.ts';
import { countSchema } from './shapes.ts';
import { TASK_SQL } from './sql.ts';

const ranksSchema = z.object({
  own: z.number().nullable(),
  running: z.number().nullable(),
  waiting: z.number().nullable(),
});
const waitingSchema = z.object({ clips: z.number(), credits: z.number() });
const countsSchema = z.record(z.enum(TASK_STATES), z.number());
const dueSchema = z.object({ due_at: z.number() });

/** The tasks in one SQLite file. */
export function createTasks(deps: SqliteClaimDeps & { files: BlobFiles }): Tasks {
  const { db, clock, files, log } = deps;

  function find(sql: string, params: Params): Task | undefined {
    const [row] = db.rows(rowSchema, sql, params);
    return row && toTask(row);
  }

  /**
   * Start-time fair queueing: a person's next task ranks one behind their last unfinished one, yet never before what
   * is running now. So a hundred waiting tasks of one person delay the next person's by those already running alone.
   */
  function nextRank(provider: string, requester: string): number {
    const [ranks] = db.rows(ranksSchema, TASK_SQL.ranks, { provider: key(provider), requester: key(requester) });
    const virtual = ranks?.running ?? ranks?.waiting ?? 0;
    return Math.max(virtual, (ranks?.own ?? -1) + 1);
  }

  function insertNow(task: NewTask, upload?: StagedBlob): { task: Task; created: boolean } {
    const requestKey = key(task.requestKey);
    const earlier = find(TASK_SQL.byRequestKey, { requestKey });
    if (earlier) return { task: earlier, created: earlier.id === task.id };
    const now = clock.now();
    const person = personOf(task.requester);
    const inserted = find(TASK_SQL.insert, {
      id: task.id,
      requestKey,
      requester: key(person),
      provider: key(task.provider),
      cost: task.cost,
      place: placeKey(task.place),
      rank: nextRank(task.provider, person),
      now,
      fixed: JSON.stringify(immutableFields(task)),
      decisions: JSON.stringify(firstDecisions(task, now)),
    });
    if (!inserted) throw new Error('an insert returned no row');
    if (upload) db.run(BLOB_SQL.put, { ...upload, now });
    return { task: inserted, created: true };
  }

  /** Keyset paging by instant and id: what came or went meanwhile moves no other task to another page. */
  function page(
    of: Params,
    { limit, before }: { limit: number; before?: Task },
    newest: string,
    older: string,
  ): Task[] {
    const cut = { ...of, limit: Math.max(0, limit) };
    const rows = before
      ? db.rows(rowSchema, older, { ...cut, createdAt: before.at.received ?? 0, id: before.id })
      : db.rows(rowSchema, newest, cut);
    return readable(rows, log);
  }

  return {
    ...createClaims(deps),
    ...createFacts(deps),

    async insert(told, upload) {
      const task = checkNewTask(told, upload);
      return db.together(() => insertNow(task, upload));
    },

    get: async (id) => find(TASK_SQL.get, { id }),
    async byRequestKey(requestKey) {
      const task = find(TASK_SQL.byRequestKey, { requestKey: key(requestKey) });
      // A person is told that it is on record, so it has to be on disk.
      return task && db.together(() => task);
    },

    async waiting({ provider, person }) {
      const params: Params = { provider: key(provider) };
      if (person !== undefined) params.requester = key(person);
      const sql = person === undefined ? TASK_SQL.waitingAll : TASK_SQL.waitingOwn;
      return db.rows(waitingSchema, sql, params)[0] ?? { clips: 0, credits: 0 };
    },

    async ahead({ id, provider, rank }) {
      const most = { provider: key(provider), rank, id, most: MAX_POSITION };
      return Math.min(MAX_POSITION, db.rows(countSchema, TASK_SQL.ahead, most)[0]?.count ?? 0);
    },

    conversation: async (place, cut) => page({ place: placeKey(place) }, cut, TASK_SQL.newest, TASK_SQL.older),
    clipsOf: async (person, cut) => page({ requester: key(person) }, cut, TASK_SQL.newestClips, TASK_SQL.olderClips),

    async counts() {
      const count = (state: string) => db.rows(countSchema, TASK_SQL.inState, { state })[0]?.count;
      return countsSchema.parse(Object.fromEntries(TASK_STATES.map((state) => [state, count(state)])));
    },

    oldestDue: async () => db.rows(dueSchema, TASK_SQL.oldestDue, { now: clock.now() })[0]?.due_at,

    async remove(id) {
      // The rows first: a crash then leaves files that nobody names, for `sweep`, and never a name without its file.
      const gone = await db.together(() => {
        db.run(TASK_SQL.remove, { id });
        return db.rows(fileSchema, BLOB_SQL.removeAll, { task: id });
      });
      for (const { file } of gone) await files.remove(id, file);
    },
  };
}
