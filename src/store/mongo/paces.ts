import { z } from 'zod';
import { key } from '../keys.ts';
import type { Paces } from '../store.ts';
import type { Db } from './db.ts';

export function createPaces(db: Db): Paces {
  const { paces } = db.models;
  return {
    async get(kind) {
      const found = await db.run(() => paces.findOne({ _id: key(kind) }).lean());
      return found ? JSON.parse(z.object({ data: z.string() }).parse(found).data) : undefined;
    },
    async put(kind, learned) {
      const data = JSON.stringify(learned);
      await db.upsert(() => paces.updateOne({ _id: key(kind) }, { $set: { data } }, { upsert: true }));
    },
  };
}
