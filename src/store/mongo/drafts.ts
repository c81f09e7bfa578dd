import { z } from 'zod';
import { key as text } from '../keys.ts';
import { DRAFT_MS, type Drafts } from '../store.ts';
import type { StoreClock } from './clock.ts';
import type { Db } from './db.ts';

/** One past its time is gone for everybody, also before `sweep` removes it. */
export function createDrafts({ db, clock }: { db: Db; clock: StoreClock }): Drafts {
  const { drafts } = db.models;
  const alive = (key: string) => ({ _id: text(key), expiresAt: { $gt: clock.now() } });
  return {
    async put({ key, data }) {
      const draft = { data: JSON.stringify(data ?? null), expiresAt: clock.now() + DRAFT_MS };
      await db.upsert(() => drafts.updateOne({ _id: text(key) }, { $set: draft }, { upsert: true }));
    },
    async get(key) {
      const found = await db.run(() => drafts.findOne(alive(key)).lean());
      return found ? { key, data: JSON.parse(z.object({ data: z.string() }).parse(found).data) } : undefined;
    },
    async take(key) {
      return (await db.run(() => drafts.deleteOne(alive(key)))).deletedCount > 0;
    },
  };
}
