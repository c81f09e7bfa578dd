import { z } from 'zod';
import { askedTogether } from '../../util/asked-together.ts';
import { json } from '../keys.ts';
import type { KeyValues, NewValue, Replaces } from '../kv.ts';
import type { StoreClock } from './clock.ts';
import type { MongoDb } from './db.ts';
import { idOf } from './document.ts';
import { isTaken } from './errors.ts';

const valueSchema = z.object({ value: json, until: z.number().optional() });

const listedSchema = z.object({ _id: z.string(), value: json });

/** So many values in one question. */
const MOST = 100;

const REPLACED: Record<Exclude<Replaces, object>, (by: { until?: number; owner?: string }) => object> = {
  any: () => ({ value: { $exists: true } }),
  sooner: ({ until }) => ({ until: { $lt: until } }),
  own: ({ owner }) => ({ owner: { $eq: owner } }),
  none: () => ({ value: { $exists: false } }),
};

export function createKeyValues({ db, clock }: { db: MongoDb; clock: StoreClock }): KeyValues {
  const { kv } = db.models;
  const inTime = () => ({ $or: [{ until: { $exists: false } }, { until: { $gt: clock.now() } }] });

  async function put({ key, value, forMs, owner }: NewValue, { replaces }: { replaces: Replaces }): Promise<boolean> {
    // Owners are kept apart by instants.
    if (owner !== undefined) await clock.fresh();
    const now = clock.now();
    const until = forMs === undefined ? undefined : now + Math.ceil(forMs);
    const replaceable =
      typeof replaces === 'string'
        ? REPLACED[replaces]({ until, owner })
        : { value: { $eq: JSON.stringify(replaces.seen ?? null) } };
    const replaced = { _id: key, $or: [{ until: { $lte: now } }, replaceable] };
    const document = { value: JSON.stringify(value ?? null), owner, until };
    try {
      await db.upsert(() => kv.replaceOne(replaced, document, { upsert: true }));
      return true;
    } catch (error) {
      if (isTaken(error)) return false;
      throw error;
    }
  }

  // Many of one turn are one search among what else is asked in it.
  const look = askedTogether(async (keys: string[]) => {
    const among = { $match: Object.assign(inTime(), { _id: { $in: [...new Set(keys)] } }) };
    const found = new Map((await db.ask({ of: 'kv', stages: [among] })).map((each) => [idOf(each), each]));
    return keys.map((key) => found.get(key));
  }, MOST);

  return {
    async get(key) {
      const found = await look(key);
      return found === undefined ? undefined : valueSchema.parse(found);
    },
    async list(prefix, limit, after = '') {
      const which = Object.assign(inTime(), { _id: { $gte: prefix, $gt: after, $lt: `${prefix}\u{10ffff}` } });
      const found = await db.run(() => kv.find(which).sort({ _id: 1 }).limit(limit).lean());
      return found.map((each) => listedSchema.parse(each)).map(({ _id: key, value }) => ({ key, value }));
    },
    put,
    async remove(key, { owner } = {}) {
      const which = Object.assign(inTime(), { _id: key, owner: owner ?? { $exists: false } });
      return (await db.run(() => kv.deleteOne(which))).deletedCount > 0;
    },
  };
}
