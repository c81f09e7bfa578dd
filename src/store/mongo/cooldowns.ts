import { z } from 'zod';
import { key } from '../keys.ts';
import type { Cooldowns } from '../store.ts';
import type { StoreClock } from './clock.ts';
import type { Db } from './db.ts';
import { isTaken } from './errors.ts';

const parkedSchema = z.object({ until: z.number(), reason: z.string() });

/** One past its time is over for everybody, also before `sweep` removes it. */
export function createParked({ db, clock }: { db: Db; clock: StoreClock }): Cooldowns {
  const { cooldowns } = db.models;
  return {
    async park(name, ms, reason) {
      const until = clock.now() + Math.ceil(ms);
      const earlier = { _id: key(name), until: { $lt: until } };
      const change = { $set: { until, reason } };
      try {
        await db.run(() => cooldowns.updateOne(earlier, change, { upsert: true }));
      } catch (error) {
        // It is parked already: until later, which wins, or by somebody who came between.
        if (!isTaken(error)) throw error;
        await db.run(() => cooldowns.updateOne(earlier, change));
      }
    },
    async get(name) {
      const found = await db.run(() => cooldowns.findOne({ _id: key(name), until: { $gt: clock.now() } }).lean());
      return found ? parkedSchema.parse(found) : undefined;
    },
  };
}
