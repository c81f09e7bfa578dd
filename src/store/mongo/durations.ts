import { z } from 'zod';
import { key } from '../keys.ts';
import type { Durations } from '../store.ts';
import type { Db } from './db.ts';

export function createPaces(db: Db): Durations {
  const { durations } = db.models;
  return {
    async get(kind) {
      const found = await db.run(() => durations.findOne({ _id: key(kind) }).lean());
      return found ? JSON.parse(z.object({ data: z.string() }).parse(found).data) : undefined;
    },
    async put(kind, learned) {
      const data = JSON.stringify(learned);
      await db.upsert(() => durations.updateOne({ _id: key(kind) }, { $set: { data } }, { upsert: true }));
    },
  };
}
