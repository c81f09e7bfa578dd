import { z } from 'zod';
import type { Task } from '../../task/task.ts';
import type { Clock } from '../../util/clock.ts';
import type { Log } from '../../util/log.ts';
import { key } from '../keys.ts';
import { createReserved } from '../reserved.ts';
import { partsOf } from '../task-record.ts';
import { type Claims, comesBefore, LEASE_MS } from '../tasks.ts';
import type { SqliteDb } from './db.ts';
import { learnFact } from './facts.ts';
import { findTask, idSchema, type Row, readable, rowSchema } from './row.ts';
import { TASK_SQL } from './sql.ts';

const nextSchema = z.object({ id: z.string(), rank: z.number() });

export type SqliteClaimDeps = { db: SqliteDb; clock: Clock; log?: Pick<Log, 'error'> };

export function createClaims({ db, clock, log }: SqliteClaimDeps): Claims {
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

  const reserved = createReserved();
  /** Whether a slot is free that nobody in this process is about to use. */
  function isFree(provider: string, slots: number): boolean {
    const most = slots - reserved.of(provider);
    return most > 0 && db.count(TASK_SQL.inFlight, { provider: key(provider), most }) < most;
  }

  return {
    async claimDue(owner, limit) {
      const due = (most: number) => db.rows(rowSchema, TASK_SQL.due, { now: clock.now(), limit: most });
      return limit < 1 || due(1).length === 0 ? [] : db.together(() => claim(owner, due(limit), 0));
    },

    async claimStart(owner, provider, slots) {
      const next = (): Row[] =>
        isFree(provider, slots) ? db.rows(rowSchema, TASK_SQL.start, { provider: key(provider) }) : [];
      return next().length === 0 ? undefined : db.together(() => claim(owner, next(), 1)[0]);
    },

    async turn({ id, rank, provider }, slots) {
      if (!isFree(provider, slots)) return undefined;
      const [next] = db.rows(nextSchema, TASK_SQL.start, { provider: key(provider) });
      return next && comesBefore(next, { id, rank }) ? undefined : reserved.take(provider);
    },

    waitsToStart: async (providers) =>
      providers.find((provider) => db.rows(rowSchema, TASK_SQL.start, { provider: key(provider) }).length > 0),

    async renew(owner, ids) {
      const until = clock.now() + LEASE_MS;
      const held = { owner: key(owner), until, ids: JSON.stringify(ids) };
      return db.together(() => db.rows(idSchema, TASK_SQL.renew, held).map((row) => row.id));
    },

    async save(task, { owner, dueAt, hold = false, token, facts = {} }) {
      const now = clock.now();
      const decision = {
        id: task.id,
        owner: key(owner),
        version: task.version,
        state: task.state,
        decisions: JSON.stringify(partsOf(task).decisions),
        asked: task.asked,
        hold: hold ? 1 : 0,
        until: now + LEASE_MS,
        now,
        dueAt: dueAt === undefined ? undefined : Math.ceil(dueAt),
        token,
      };
      return db.together(() => {
        for (const field of ['accepted', 'sent'] as const)
          for (const [name, fact] of Object.entries(facts[field] ?? {}))
            learnFact({ db, clock }, { id: task.id, field, name, fact, owner });
        const saved = findTask(db, TASK_SQL.save, decision);
        return saved || token === undefined ? saved : findTask(db, TASK_SQL.savedAs, decision);
      });
    },
  };
}
