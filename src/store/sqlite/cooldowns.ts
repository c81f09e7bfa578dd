import { z } from 'zod';
import type { Clock } from '../../util/clock.ts';
import { key } from '../keys.ts';
import type { Cooldowns } from '../store.ts';
import type { Db } from './db.ts';

const PARK = `
  INSERT INTO parked (name, until, reason) VALUES (:name, :until, :reason)
  ON CONFLICT (name) DO UPDATE SET until = excluded.until, reason = excluded.reason WHERE excluded.until > until`;
const GET = 'SELECT until, reason FROM parked WHERE name = :name AND until > :now';
const row = z.object({ until: z.number(), reason: z.string() });

/** One past its time is over for everybody, also before `sweep` removes it. */
export function createParked({ db, clock }: { db: Db; clock: Clock }): Cooldowns {
  return {
    async park(name, ms, reason) {
      db.run(PARK, { name: key(name), until: clock.now() + Math.ceil(ms), reason });
    },
    async get(name) {
      return db.rows(row, GET, { name: key(name), now: clock.now() })[0];
    },
  };
}
