import type { mongo } from 'mongoose';
import { z } from 'zod';

const _id = z.string();
const until = z.number();

/** Where small values were until version 2, and the document of `kv` that each of them makes. */
const COLLECTIONS = {
  drafts: z
    .object({ _id, data: z.string(), expiresAt: until })
    .transform((old) => ({ _id: `draft:${old._id}`, value: old.data, until: old.expiresAt })),
  paces: z.object({ _id, data: z.string() }).transform((old) => ({ _id: `duration:${old._id}`, value: old.data })),
  parked: z
    .object({ _id, until, reason: z.string() })
    .transform((old) => ({ _id: `cooldown:${old._id}`, value: JSON.stringify(old.reason), until: old.until })),
  agreed: z
    .object({ _id, value: z.string() })
    .transform((old) => ({ _id: `once:${old._id}`, value: JSON.stringify(old.value) })),
  locks: z
    .object({ _id, owner: z.string(), until })
    .transform((old) => ({ _id: `lock:${old._id}`, value: 'null', owner: old.owner, until: old.until })),
  meta: z
    .object({ _id: z.literal('mark'), as: z.string() })
    .transform((old) => ({ _id: 'status', value: JSON.stringify(old.as), owner: 'copy' })),
};

export const OLD_COLLECTIONS = Object.keys(COLLECTIONS);

/** A collection is dropped once all of it is copied, and what stands in `kv` already stays: so it may be run again. */
export async function moveOldValues(native: mongo.Db): Promise<void> {
  const kv = native.collection<{ _id: string }>('kv');
  for (const [name, documentOf] of Object.entries(COLLECTIONS)) {
    const old = native.collection(name);
    for await (const document of old.find()) {
      const { _id, ...value } = documentOf.parse(document);
      await kv.updateOne({ _id }, { $setOnInsert: value }, { upsert: true });
    }
    await old.drop().catch((error: unknown) => {
      if (!(error instanceof Error && 'codeName' in error && error.codeName === 'NamespaceNotFound')) throw error;
    });
  }
}
