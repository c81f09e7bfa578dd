import { z } from 'zod';
import type { Clock } from '../../util/clock.ts';
import { key } from '../keys.ts';
import { NOTHING, type Spend, type SpendFilter, spendFields, sumSchema } from '../spend.ts';
import type { SqliteDb } from './db.ts';

const OPEN = `
  INSERT INTO spend (attempt, person, chat, provider, cost, request, settled, at)
  VALUES (:attempt, :person, :chat, :provider, :cost, :request, 0, :now)
  ON CONFLICT (attempt) DO NOTHING`;
const SETTLE = 'UPDATE spend SET cost = :cost, settled = 1, moderated = :moderated WHERE attempt = :attempt';
const MODERATED =
  'SELECT count(*) AS count, max(at) AS lastAt FROM spend WHERE person = :person AND at >= :instant AND moderated = 1';
export const SPEND_OF_REQUEST = 'SELECT 1 FROM spend WHERE request = :request LIMIT 1';

const BETWEEN = 'at >= :from AND at < :to';
export const SPEND_BETWEEN = `
  SELECT coalesce(sum(cost), 0) AS credits, count(*) AS clips FROM spend WHERE ${BETWEEN} AND cost > 0`;
const PEOPLE = `SELECT count(DISTINCT person) AS count FROM spend WHERE ${BETWEEN}`;

/** Of one person or one chat, of one provider, or of all. */
export function spendSince(of: SpendFilter): string {
  const whose = (['person', 'chat', 'provider'] as const).filter((name) => of[name] !== undefined);
  const conditions = [...whose.map((name) => `${name} = :${name}`), 'at >= :instant', 'cost > 0'];
  return `SELECT coalesce(sum(cost), 0) AS credits, count(*) AS clips FROM spend WHERE ${conditions.join(' AND ')}`;
}

const moderatedSchema = z.object({ count: z.number(), lastAt: z.number().nullable() });

/** A row for each attempt, summed when asked for, so that nothing drifts. */
export function createSpend({ db, clock }: { db: SqliteDb; clock: Clock }): Spend {
  return {
    async open(row) {
      const columns = { attempt: key(row.attemptId), ...spendFields(row), now: clock.now() };
      await db.together(() => db.run(OPEN, columns));
    },
    async settle(attemptId, { cost, moderated = false }) {
      await db.together(() => db.run(SETTLE, { attempt: key(attemptId), cost, moderated: moderated ? 1 : 0 }));
    },
    between: async (from, to) => db.rows(sumSchema, SPEND_BETWEEN, { from, to })[0] ?? NOTHING,
    people: async (from, to) => db.count(PEOPLE, { from, to }),
    knows: async (request) => db.rows(z.unknown(), SPEND_OF_REQUEST, { request: key(request) }).length > 0,
    async moderated(instant, person) {
      const [found] = db.rows(moderatedSchema, MODERATED, { instant, person: key(person) });
      return { count: found?.count ?? 0, lastAt: found?.lastAt ?? undefined };
    },
  };
}
