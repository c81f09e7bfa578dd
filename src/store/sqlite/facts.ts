import { z } from 'zod';
import { originalOf } from '../../task/lineage.ts';
import { type Task, taskSchema } from '../../task/task.ts';
import type { Clock } from '../../util/clock.ts';
import { keyIfAny } from '../keys.ts';
import { requestFields, withStar } from '../task-record.ts';
import type { Facts } from '../tasks.ts';
import type { SqliteDb } from './db.ts';
import { findTask } from './row.ts';
import { TASK_SQL } from './sql.ts';

const factsSchema = z.object({ accepted: z.string(), sent: z.string() });

export function createFacts({ db, clock }: { db: SqliteDb; clock: Clock }): Facts {
  const get = (id: string): Task | undefined => findTask(db, TASK_SQL.get, { id });

  /**
   * Adds a fact where none of that name stands yet; returns all of that kind as they then stand. Nothing comes between
   * the read and the write; see `SqliteDb`.
   */
  function learn(id: string, field: 'accepted' | 'sent', name: string, fact: string, owner?: string) {
    const [row] = db.rows(factsSchema, TASK_SQL.facts, { id });
    const facts = row && taskSchema.shape[field].parse(JSON.parse(row[field]));
    if (!facts || Object.hasOwn(facts, name)) return facts;
    const more = { ...facts, [name]: fact };
    db.run(TASK_SQL[field], { id, facts: JSON.stringify(more), owner: keyIfAny(owner), now: clock.now() });
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
        return findTask(db, TASK_SQL.ask, { id, requests, now: clock.now() });
      }),
    star: (id, person, isOn) =>
      db.together(() => {
        const task = get(id);
        if (!task) return undefined;
        const original = originalOf(task);
        const stars = JSON.stringify(withStar((get(original) ?? task).stars, person, isOn));
        db.run(TASK_SQL.starOriginal, { id: original, stars });
        db.run(TASK_SQL.starShows, { id: original, stars });
        return get(id);
      }),
  };
}
