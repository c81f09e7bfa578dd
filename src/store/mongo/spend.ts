import { z } from 'zod';
import { key, keyIfAny } from '../keys.ts';
import { NOTHING, type Spend, type SpendFilter, type Sum, spendFields, sumSchema } from '../spend.ts';
import type { StoreClock } from './clock.ts';
import { countIn } from './collection.ts';
import type { MongoDb } from './db.ts';
import { is } from './queries.ts';

const moderatedSchema = z.object({ count: z.number(), lastAt: z.number() });

/** As attempts are searched by. */
export const keysOf = ({ person, chat, provider }: SpendFilter): SpendFilter => ({
  person: keyIfAny(person),
  chat: keyIfAny(chat),
  provider: keyIfAny(provider),
});

/** All of them by way of `key`. */
export const spentSince = (at: number, of: SpendFilter) => [
  { $match: { ...of, at: { $gte: at }, cost: { $gt: 0 } } },
  { $group: { _id: null, credits: { $sum: '$cost' }, clips: { $sum: 1 } } },
];
export const openedSince = (at: number) => [
  { $match: { at: { $gte: at } } },
  { $group: { _id: null, count: { $sum: 1 } } },
];
export const spentBetween = (from: number, to: number) => [
  { $match: { at: { $gte: from, $lt: to }, cost: { $gt: 0 } } },
  { $group: { _id: null, credits: { $sum: '$cost' }, clips: { $sum: 1 } } },
];
const peopleBetween = (from: number, to: number) => [
  { $match: { at: { $gte: from, $lt: to } } },
  { $group: { _id: '$person' } },
  { $group: { _id: null, count: { $sum: 1 } } },
];
export const ofRequest = (request: string) => ({ request: is(request) });
export const moderatedSince = (at: number, person: string) => [
  { $match: { person, moderated: true, at: { $gte: at } } },
  { $group: { _id: null, count: { $sum: 1 }, lastAt: { $max: '$at' } } },
];

/** The answer to that. */
export const moderatedIn = ([found]: unknown[]): { count: number; lastAt: number | undefined } =>
  found === undefined ? { count: 0, lastAt: undefined } : moderatedSchema.parse(found);

/** The answer where clips and credits are summed. */
export const sumIn = ([found]: unknown[]): Sum => (found === undefined ? NOTHING : sumSchema.parse(found));

/** A document for each attempt, summed when asked for, so that nothing drifts. */
export function createSpend({ db, clock }: { db: MongoDb; clock: StoreClock }): Spend {
  const { spend } = db.models;
  return {
    async open(row) {
      const first = { settled: false, moderated: false, at: clock.now(), ...spendFields(row) };
      // What stands there already may be settled: it stays.
      await db.upsert(() => spend.updateOne({ _id: key(row.attemptId) }, { $setOnInsert: first }, { upsert: true }));
    },
    async settle(attemptId, { cost, moderated = false }) {
      await db.run(() => spend.updateOne({ _id: key(attemptId) }, { $set: { cost, settled: true, moderated } }));
    },
    async between(from, to) {
      return sumIn(await db.run(() => spend.collection.aggregate(spentBetween(from, to)).toArray()));
    },
    async people(from, to) {
      return countIn(await db.run(() => spend.collection.aggregate(peopleBetween(from, to)).toArray()));
    },
    async knows(request) {
      const found = await db.run(() => spend.collection.findOne(ofRequest(key(request)), { projection: { _id: 1 } }));
      return found !== null;
    },
    async moderated(instant, person) {
      const stages = moderatedSince(instant, key(person));
      return moderatedIn(await db.run(() => spend.collection.aggregate(stages).toArray()));
    },
  };
}
