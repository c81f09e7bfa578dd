import { z } from 'zod';
import { key } from '../keys.ts';
import type { Store } from '../store.ts';
import type { Db } from './db.ts';

const agreedSchema = z.object({ value: z.string() });

export function createAgree(db: Db): Store['setOnce'] {
  const agreed = db.native.collection<{ _id: string; value: string }>('agreed');
  return async (name, value) => {
    const which = { _id: key(name) };
    await db.upsert(() => agreed.updateOne(which, { $setOnInsert: { value } }, { upsert: true }));
    return agreedSchema.parse(await db.run(() => agreed.findOne(which))).value;
  };
}
