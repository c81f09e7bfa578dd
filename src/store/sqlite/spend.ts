import { z } from 'zod';
import type { Clock } from '../../util/clock.ts';
import { key } from '../keys.ts';
import type { Spend } from '../spend.ts';
import type { Params, SqliteDb } from './db.ts';
import { countSchema } from './shapes.ts';

const OPEN = `
  INSERT INTO spend (attempt, person, provider, cost, request, settled, at)
  VALUES (:attempt, :person, :provider, :cost, :request, 0, :now)
  ON CONFLICT (attempt) DO NOTHING`;
const SETTLE = 'UPDATE spend SET cost = :cost, settled = 1, moderated = :moderated WHERE attempt = :attempt';
export const SPEND_MODERATED =
  'SELECT count(*) AS count, max(at) AS lastAt FROM spend WHERE person = :person AND at >= :instant AND moderated = 1';
/** `whose` is one of our own conditions, never a person's words. */
const since = (whose: string) => `
  SELECT coalesce(sum(cost), 0) AS credits, count(*) AS clips FROM spend
  WHERE ${whose} at >= :instant AND cost > 0`;
export const SPEND_SINCE = {
  all: since(''),
  person: since('person = :person AND'),
  provider: since('provider = :provider AND'),
  both: since('person = :person AND provider = :provider AND'),
} as const;
export const SPEND_OF_REQUEST = 'SELECT 1 FROM spend WHERE request = :request LIMIT 1';
export const SPEND_OPENED = 'SELECT count(*) AS count FROM spend WHERE at >= :instant';

const moderatedSchema = z.object({ count: z.number(), lastAt: z.number().nullable() });
const sumSchema = z.object({ credits: z.number(), clips: z.number() });

/** A row for each attempt, summed when asked for, so that nothing drifts. */
export function createSpend({ db, clock }: { db: SqliteDb; clock: Clock }): Spend {
  return {
    async open({ attemptId, person, provider, cost, request }) {
      const row = { attempt: key(attemptId), person: key(person), provider: key(provider), request: key(request) };
      await db.together(() => db.run(OPEN, { ...row, cost, now: clock.now() }));
    },
    async settle(attemptId, { cost, moderated = false }) {
      await db.together(() => db.run(SETTLE, { attempt: key(attemptId), cost, moderated: moderated ? 1 : 0 }));
    },
    opened: async (instant) => db.rows(countSchema, SPEND_OPENED, { instant })[0]?.count ?? 0,
    knows: async (request) => db.rows(z.unknown(), SPEND_OF_REQUEST, { request: key(request) }).length > 0,
    async moderated(instant, person) {
      const [found] = db.rows(moderatedSchema, SPEND_MODERATED, { instant, person: key(person) });
      return { count: found?.count ?? 0, lastAt: found?.lastAt ?? undefined };
    },
    async since(instant, { provider, person }) {
      const params: Params = { instant };
      if (provider !== undefined) params.provider = key(provider);
      if (person !== undefined) params.person = key(person);
      const which =
        provider === undefined ? (person === undefined ? 'all' : 'person') : person === undefined ? 'provider' : 'both';
      const [sum] = db.rows(sumSchema, SPEND_SINCE[which], params);
      return sum ?? { credits: 0, clips: 0 };
    },
  };
}
