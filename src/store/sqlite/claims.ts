import type { Task } from '../../task/task.ts';
import type { Clock } from '../../util/clock.ts';
import type { Log } from '../../util/log.ts';
import { key } from '../keys.ts';
import { LEASE_MS, type Tasks } from '../store.ts';
import { decisionsOf } from '../task-record.ts';
import type { Db } from './db.ts';
import { type Row, readable, rowSchema, toTask } from './row.ts';
import { countSchema, idSchema } from './shapes.ts';
import { TASK_SQL } from './sql.ts';

export type Claims = Pick<Tasks, 'claimDue' | 'claimStart' | 'renew' | 'save'>;
export type ClaimDeps = { db: Db; clock: Clock; log?: Pick<Log, 'error'> };

/** Leases: who decides on a task, and until when. */
export function createClaims({ db, clock, log }: ClaimDeps): Claims {
  /** Leases what was found and returns it as it then stands. */
  function claim(owner: string, rows: Row[], starting: 0 | 1): Task[] {
    if (rows.length === 0) return [];
    const ids = JSON.stringify(rows.map((row) => row.id));
    db.run(TASK_SQL.lease, { owner: key(owner), until: clock.now() + LEASE_MS, ids, starting });
    // One that cannot be read stays leased, so that it neither stops the others nor is lost.
    return readable(
      rows.map((row) => ({ ...row, version: row.version + 1 })),
      log,
    );
  }

  return {
    async claimDue(owner, limit) {
      const due = (most: number) => db.rows(rowSchema, TASK_SQL.due, { now: clock.now(), limit: most });
      return limit < 1 || due(1).length === 0 ? [] : db.together(() => claim(owner, due(limit), 0));
    },

    async claimStart(owner, provider, slots) {
      const next = (): Row[] => {
        const inFlight = db.rows(countSchema, TASK_SQL.inFlight, { provider: key(provider), most: Math.max(0, slots) });
        if ((inFlight[0]?.count ?? 0) >= slots) return [];
        return db.rows(rowSchema, TASK_SQL.start, { provider: key(provider) });
      };
      return next().length === 0 ? undefined : db.together(() => claim(owner, next(), 1)[0]);
    },

    async renew(owner, ids) {
      const until = clock.now() + LEASE_MS;
      const held = { owner: key(owner), until, ids: JSON.stringify(ids) };
      return db.together(() => db.rows(idSchema, TASK_SQL.renew, held).map((row) => row.id));
    },

    async save(task, { owner, dueAt, hold = false, token }) {
      const now = clock.now();
      const decision = {
        id: task.id,
        owner: key(owner),
        version: task.version,
        state: task.state,
        decisions: JSON.stringify(decisionsOf(task)),
        asked: task.asked,
        hold: hold ? 1 : 0,
        until: now + LEASE_MS,
        now,
        dueAt: dueAt === undefined ? null : Math.ceil(dueAt),
        token: token ?? null,
      };
      return db.together(() => {
        const [saved] = db.rows(rowSchema, TASK_SQL.save, decision);
        if (saved || token === undefined) return saved && toTask(saved);
        const [again] = db.rows(rowSchema, hold ? TASK_SQL.savedAndHeld : TASK_SQL.savedAs, {
          ...{ id: task.id, token },
          ...(hold ? { owner: key(owner) } : {}),
        });
        return again && toTask(again);
      });
    },
  };
}
