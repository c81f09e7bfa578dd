import { z } from 'zod';
import { type Task, taskSchema } from '../../task/task.ts';
import type { Clock } from '../../util/clock.ts';
import { key } from '../keys.ts';
import type { Tasks } from '../store.ts';
import { requestFields } from '../task-record.ts';
import type { Db } from './db.ts';
import { rowSchema, toTask } from './row.ts';
import { TASK_SQL } from './sql.ts';

export type News = Pick<Tasks, 'recordAccepted' | 'recordSent' | 'ask'>;

const factsSchema = z.object({ accepted: z.string(), sent: z.string() });

/** Facts and requests: told by anybody at any time, fenced by nothing. */
export function createNews({ db, clock }: { db: Db; clock: Clock }): News {
  const get = (id: string): Task | undefined => {
    const [row] = db.rows(rowSchema, TASK_SQL.get, { id });
    return row && toTask(row);
  };

  /**
   * Adds a fact where none of that name stands yet; returns all of that kind as they then stand. Nothing comes between
   * the read and the write; see `Db`.
   */
  function learn(id: string, field: 'accepted' | 'sent', name: string, fact: string, owner?: string) {
    const [row] = db.rows(factsSchema, TASK_SQL.facts, { id });
    const facts = row && taskSchema.shape[field].parse(JSON.parse(row[field]));
    if (!facts || Object.hasOwn(facts, name)) return facts;
    const more = { ...facts, [name]: fact };
    const by = owner === undefined ? null : key(owner);
    db.run(TASK_SQL[field], { id, facts: JSON.stringify(more), owner: by, now: clock.now() });
    return more;
  }

  return {
    recordAccepted: (id, attemptId, jobId, owner) =>
      db.together(() => learn(id, 'accepted', attemptId, jobId, owner) && get(id)),
    recordSent: (id, send, messageId, owner) => db.together(() => learn(id, 'sent', send, messageId, owner)?.[send]),
    ask: (id, request) =>
      db.together(() => {
        const task = get(id);
        if (!task) return undefined;
        const requests = JSON.stringify({ ...task.requests, ...requestFields(request) });
        const [row] = db.rows(rowSchema, TASK_SQL.ask, { id, requests, now: clock.now() });
        return row && toTask(row);
      }),
  };
}
