import type { Clock } from '../../util/clock.ts';
import { key as text } from '../keys.ts';
import { DRAFT_MS, type Drafts } from '../store.ts';
import type { Db } from './db.ts';
import { dataSchema } from './shapes.ts';

const PUT = `
  INSERT INTO drafts (key, data, expires_at) VALUES (:key, :data, :expiresAt)
  ON CONFLICT (key) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at`;
const GET = 'SELECT data FROM drafts WHERE key = :key AND expires_at > :now';
const TAKE = 'DELETE FROM drafts WHERE key = :key AND expires_at > :now';

/**
 * One past its time is gone for everybody, also before `sweep` removes it. Written at once: whoever is asked something
 * may answer before a later write would be done.
 */
export function createDrafts({ db, clock }: { db: Db; clock: Clock }): Drafts {
  return {
    async put({ key, data }) {
      db.run(PUT, { key: text(key), data: JSON.stringify(data ?? null), expiresAt: clock.now() + DRAFT_MS });
    },
    async get(key) {
      const [row] = db.rows(dataSchema, GET, { key: text(key), now: clock.now() });
      return row && { key, data: JSON.parse(row.data) };
    },
    async take(key) {
      return db.run(TAKE, { key: text(key), now: clock.now() }) > 0;
    },
  };
}
