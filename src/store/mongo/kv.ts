import { z } from 'zod';
import { json } from '../keys.ts';
import type { KeyValues, NewValue, Replaces } from '../kv.ts';
import type { StoreClock } from './clock.ts';
import type { MongoDb } from './db.ts';
import { isTaken } from './errors.ts';

const valueSchema = z.object({ value: json, until: z.number().optional() });

const REPLACED: Record<Replaces, (by: { until?: number; owner?: string }) => object> = {
  any: () => ({ value: { $exists: true } }),
  sooner: ({ until }) => ({ until: { $lt: until } }),
  own: ({ owner }) => ({ owner: { $eq: owner } }),
  none: () => ({ value: { $exists: false } }),
};

export function createKeyValues({ db, clock }: { db: MongoDb; clock: StoreClock }): KeyValues {
  const { kv } = db.models;
  const alive = (_id: string) => ({ _id, $or: [{ until: { $exists: false } }, { until: { $gt: clock.now() } }] });

  async function put({ key, value, forMs, owner }: NewValue, { replaces }: { replaces: Replaces }): Promise<boolean> {
    // Owners are kept apart by instants.
    if (owner !== undefined) await clock.fresh();
    const now = clock.now();
    const until = forMs === undefined ? undefined : now + Math.ceil(forMs);
    const replaced = { _id: key, $or: [{ until: { $lte: now } }, REPLACED[replaces]({ until, owner })] };
    const document = { value: JSON.stringify(value ?? null), owner, until };
    try {
      await db.upsert(() => kv.replaceOne(replaced, document, { upsert: true }));
      return true;
    } catch (error) {
      if (isTaken(error)) return false;
      throw error;
    }
  }

  return {
    async get(key) {
      const found = await db.run(() => kv.findOne(alive(key)).lean());
      return found ? valueSchema.parse(found) : undefined;
    },
    put,
    async remove(key, { owner } = {}) {
      const which = { ...alive(key), owner: owner ?? { $exists: false } };
      return (await db.run(() => kv.deleteOne(which))).deletedCount > 0;
    },
  };
}
