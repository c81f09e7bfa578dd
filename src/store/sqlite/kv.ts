import { z } from 'zod';
import type { Clock } from '../../util/clock.ts';
import { json } from '../keys.ts';
import { type KeyValues, LONGEST_KEPT_MS, type Replaces } from '../kv.ts';
import type { SqliteDb } from './db.ts';

const put = (replaced: string) => `
  INSERT INTO kv (key, value, owner, until) VALUES (:key, :value, :owner, :until)
  ON CONFLICT (key) DO UPDATE SET value = excluded.value, owner = excluded.owner, until = excluded.until
  WHERE until <= :now OR ${replaced}`;
const PUT: Record<Exclude<Replaces, object>, string> = {
  any: put('true'),
  sooner: put('until < excluded.until'),
  own: put('owner = excluded.owner'),
  none: put('false'),
};
const PUT_SEEN = put('value = :seen');
const ALIVE = 'key = :key AND (until IS NULL OR until > :now)';
const GET = `SELECT value, until FROM kv WHERE ${ALIVE}`;
const LIST = `SELECT key, value FROM kv WHERE key >= :prefix AND key > :after AND key < :end AND (until IS NULL OR until > :now)
  ORDER BY key LIMIT :limit`;
const REMOVE = `DELETE FROM kv WHERE ${ALIVE} AND owner IS :owner`;

export const KV_SQL = {
  /** In small steps, `limit` at once. */
  removeExpired: 'DELETE FROM kv WHERE key IN (SELECT key FROM kv WHERE until <= :before LIMIT :limit)',
  /** Nothing is kept for longer: the clock was set back since. */
  shorten: `UPDATE kv SET until = :now + ${LONGEST_KEPT_MS} WHERE until > :now + ${LONGEST_KEPT_MS}`,
  removeOne: 'DELETE FROM kv WHERE key = :key',
  removeLocks: `DELETE FROM kv WHERE key GLOB 'lock:*'`,
} as const;

const listedSchema = z.object({ key: z.string(), value: json });
const valueSchema = z.object({ value: json, until: z.number().nullable() });

export function createKeyValues({ db, clock }: { db: SqliteDb; clock: Clock }): KeyValues {
  const write = async (gathered: boolean, work: () => boolean) => (gathered ? db.together(work) : work());
  return {
    async get(key) {
      const [found] = db.rows(valueSchema, GET, { key, now: clock.now() });
      return found && { value: found.value, until: found.until ?? undefined };
    },
    async list(prefix, limit, after = '') {
      return db.rows(listedSchema, LIST, { prefix, after, end: `${prefix}\u{10ffff}`, limit, now: clock.now() });
    },
    put({ key, value, forMs, owner = null }, { replaces, gathered = false }) {
      const now = clock.now();
      const until = forMs === undefined ? null : now + Math.ceil(forMs);
      const row = { key, value: JSON.stringify(value ?? null), owner, until, now };
      if (typeof replaces === 'string') return write(gathered, () => db.run(PUT[replaces], row) > 0);
      const seen = JSON.stringify(replaces.seen ?? null);
      return write(gathered, () => db.run(PUT_SEEN, { ...row, seen }) > 0);
    },
    remove: (key, { owner = null, gathered = false } = {}) =>
      write(gathered, () => db.run(REMOVE, { key, owner, now: clock.now() }) > 0),
  };
}
