import { key } from '../keys.ts';
import type { Locks } from '../store.ts';
import type { StoreClock } from './clock.ts';
import type { Db } from './db.ts';
import { isTaken } from './errors.ts';

export function createLocks({ db, clock }: { db: Db; clock: StoreClock }): Locks {
  const { locks } = db.models;
  return {
    async hold(name, owner, ms) {
      await clock.fresh();
      const now = clock.now();
      const mineOrOver = { _id: key(name), $or: [{ owner: key(owner) }, { until: { $lte: now } }] };
      const change = { $set: { owner: key(owner), until: now + Math.ceil(ms) } };
      try {
        await db.run(() => locks.updateOne(mineOrOver, change, { upsert: true }));
        return true;
      } catch (error) {
        // Somebody has it, or came between: this owner too, from another place in the program.
        if (!isTaken(error)) throw error;
        return (await db.run(() => locks.updateOne(mineOrOver, change))).matchedCount > 0;
      }
    },
    async release(name, owner) {
      await db.run(() => locks.deleteOne({ _id: key(name), owner: key(owner) }));
    },
  };
}
