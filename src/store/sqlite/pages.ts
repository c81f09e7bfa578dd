import { z } from 'zod';
import { leastTaskId, type Task } from '../../task/task.ts';
import { type Cut, cutOf, idsWithWords, sceneSchema, wordsOf } from '../clips.ts';
import { json, key, keyIfAny, placeKey } from '../keys.ts';
import type { ClipFilter, Pages } from '../tasks.ts';
import type { SqliteClaimDeps } from './claims.ts';
import type { Params } from './db.ts';
import { readable, rowSchema } from './row.ts';
import { clipsSql, TASK_SQL } from './sql.ts';

const sceneRowSchema = z
  .object({ id: z.string(), createdAt: z.number(), fixed: json.pipe(sceneSchema.pick({ scene: true })) })
  .transform(({ id, createdAt, fixed: { scene } }) => ({ id, createdAt, scene }));

const clipParams = (filter: ClipFilter): Params =>
  'person' in filter.in
    ? { requester: key(filter.in.person) }
    : { place: placeKey(filter.in), requester: keyIfAny(filter.by) };

/** Pages of tasks, each by an index. */
export function createPages({ db, log }: SqliteClaimDeps): Pages {
  const read = (sql: string, params: Params) => readable(db.rows(rowSchema, sql, params), log);

  /** Keyset paging by instant and id: what came or went meanwhile moves no other task to another page. */
  const paged = (of: Params, limit: number, from: Cut | undefined): Params =>
    Object.assign({ limit: Math.max(0, limit), createdAt: from?.createdAt, id: from?.id }, of);

  return {
    async conversation(place, page) {
      const from = cutOf(page);
      return read(from ? TASK_SQL.older : TASK_SQL.newest, paged({ place: placeKey(place) }, page.limit, from));
    },

    async clips(filter, page) {
      const of = clipParams(filter);
      const words = wordsOf(filter);
      if (!words) {
        const from = cutOf(page);
        return read(clipsSql(filter, { isOlder: from !== undefined, what: 'tasks' }), paged(of, page.limit, from));
      }
      const ids = await idsWithWords(words, page, (limit, from) =>
        db.rows(
          sceneRowSchema,
          clipsSql(filter, { isOlder: from !== undefined, what: 'scenes' }),
          paged(of, limit, from),
        ),
      );
      return inOrder(ids, read(TASK_SQL.byIds, { ids: JSON.stringify(ids) }));
    },

    async story(story, { limit, after }) {
      const from = cutOf({ limit, before: after });
      return read(from ? TASK_SQL.laterStory : TASK_SQL.story, paged({ story }, limit, from));
    },

    async ofPerson(person, page) {
      const from = cutOf(page);
      const of = { requester: key(person) };
      return read(from ? TASK_SQL.olderOfPerson : TASK_SQL.ofPerson, paged(of, page.limit, from));
    },

    starredBy: async (person, { limit, after = '' }) =>
      read(TASK_SQL.starredBy, { person, after, limit: Math.max(0, limit) }),

    since: async (instant, limit) => read(TASK_SQL.since, { first: leastTaskId(instant), limit: Math.max(0, limit) }),
    showsOf: async (id, limit) => read(TASK_SQL.shows, { id, limit: Math.max(0, limit) }),
  };
}

function inOrder(ids: readonly string[], tasks: Task[]): Task[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
