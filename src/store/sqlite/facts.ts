import { z } from 'zod';
import { originalOf } from '../../task/lineage.ts';
import { type Request, type Task, taskSchema } from '../../task/task.ts';
import type { Clock } from '../../util/clock.ts';
import { withChanges } from '../../util/with-changes.ts';
import { key, keyIfAny } from '../keys.ts';
import { requestFields, withStar } from '../task-record.ts';
import { type Facts, LEASE_MS } from '../tasks.ts';
import type { SqliteDb } from './db.ts';
import { findTask, idSchema } from './row.ts';
import { TASK_SQL } from './sql.ts';

const factsSchema = z.object({ accepted: z.string(), sent: z.string() });

/** A fact of a task, by kind and name. */
interface LearnedFact {
  id: string;
  field: 'accepted' | 'sent';
  name: string;
  fact: string;
  owner?: string;
}

/**
 * Adds a fact where none of that name stands yet; returns all of that kind as they then stand. Nothing comes between
 * the read and the write; see `SqliteDb`.
 */
export function learnFact(
  { db, clock }: { db: SqliteDb; clock: Clock },
  { id, field, name, fact, owner }: LearnedFact,
) {
  const [row] = db.rows(factsSchema, TASK_SQL.facts, { id });
  const facts = row && taskSchema.shape[field].parse(JSON.parse(row[field]));
  if (!facts || Object.hasOwn(facts, name)) return facts;
  const more = { ...facts, [name]: fact };
  db.run(TASK_SQL[field], { id, facts: JSON.stringify(more), owner: keyIfAny(owner), now: clock.now() });
  return more;
}

export function createFacts({ db, clock }: { db: SqliteDb; clock: Clock }): Facts {
  const get = (id: string): Task | undefined => findTask(db, TASK_SQL.get, { id });
  const learn = (fact: LearnedFact) => learnFact({ db, clock }, fact);

  function ask({ id, requests }: Task, request: Request): Task | undefined {
    const kept = JSON.stringify({ ...requests, ...requestFields(request) });
    return findTask(db, TASK_SQL.ask, { id, requests: kept, now: clock.now() });
  }

  return {
    recordAccepted: (id, name, fact, owner) =>
      db.together(() => learn({ id, field: 'accepted', name, fact, owner }) && get(id)),
    recordSent: (id, name, fact, owner) => db.together(() => learn({ id, field: 'sent', name, fact, owner })?.[name]),
    ask: (id, request) =>
      db.together(() => {
        const task = get(id);
        return task && ask(task, request);
      }),
    call: (id, { attempt, callback, owner }) =>
      db.together(() => {
        const task = get(id);
        const isKnown = task?.attempts.some(
          (each) => each.id === attempt && each.callback === callback && each.over === undefined,
        );
        const asked = task && isKnown ? ask(task, { type: 'wake' }) : undefined;
        if (!asked) return undefined;
        const now = clock.now();
        const isDue = db.rows(idSchema, TASK_SQL.dueNow, { id, now }).length > 0;
        if (owner === undefined || !isDue) return { task: asked, isClaimed: false };
        const ids = JSON.stringify([id]);
        db.run(TASK_SQL.lease, { owner: key(owner), until: now + LEASE_MS, ids, starting: 0 });
        return { task: withChanges(asked, { version: asked.version + 1 }), isClaimed: true };
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
