import { z } from 'zod';
import type { DumpSource, Entry, EntryType } from '../dump.ts';
import { key } from '../keys.ts';
import { spendFields } from '../spend.ts';
import type { MongoDb } from './db.ts';
import { documentOf, toTask } from './document.ts';
import { fileIdSchema } from './files.ts';

/** Documents read at once. */
const PAGE = 200;

const COLLECTIONS = {
  task: { name: 'tasks', filter: {} },
  spend: { name: 'spend', filter: {} },
  kv: { name: 'kv', filter: { owner: { $exists: false } } },
  blob: { name: 'blobs', filter: {} },
} as const satisfies Record<EntryType | 'blob', { name: string; filter: object }>;

interface Document {
  _id: string;
  [field: string]: unknown;
}

export const createDumpSource = (db: MongoDb): Omit<DumpSource, 'relocate'> => ({
  async page(type, after) {
    const { name, filter } = COLLECTIONS[type];
    const collection = db.native.collection<Document>(name);
    const next = { ...filter, _id: { $gt: after } };
    // The bytes of a small blob are read like those of any other.
    const how = { sort: { _id: 1 }, limit: PAGE, projection: { data: 0 } } as const;
    const found = await db.run(() => collection.find(next, how).toArray());
    const first = type === 'blob' ? await firstOwners(db, found) : undefined;
    return found.map((document) => ({ key: document._id, first: first?.get(`${document.file}`), ...document }));
  },
  count(type) {
    const { name, filter } = COLLECTIONS[type];
    return db.run(() => db.native.collection(name).countDocuments(filter));
  },
  put: (entry) => put(db, entry),
  toTask,
});

const ownersSchema = z.array(z.object({ _id: fileIdSchema, first: z.string() }));

/** Of the files that these blobs name, the first task that owns each. */
async function firstOwners({ native, run }: MongoDb, blobs: Document[]): Promise<Map<string, string>> {
  const theirs = { $match: { file: { $in: blobs.map(({ file }) => file) } } };
  const first = { $group: { _id: '$file', first: { $min: '$task' } } };
  const found = await run(() => native.collection('blobs').aggregate([theirs, first]).toArray());
  return new Map(ownersSchema.parse(found).map(({ _id, first }) => [`${_id}`, first]));
}

/** By the models, which let nothing in that their schemas do not know. */
async function put({ models, upsert }: MongoDb, entry: Entry): Promise<void> {
  const how = { upsert: true } as const;
  switch (entry.type) {
    case 'task': {
      const document = documentOf(entry);
      await upsert(() => models.tasks.replaceOne({ _id: document._id }, document, how));
      return;
    }
    case 'spend': {
      const { settled, moderated, at } = entry;
      const document = { settled, moderated, at, ...spendFields(entry) };
      await upsert(() => models.spend.replaceOne({ _id: key(entry.attemptId) }, document, how));
      return;
    }
    case 'kv': {
      const { key: _id, value, until } = entry;
      await upsert(() => models.kv.replaceOne({ _id }, { value: JSON.stringify(value), until }, how));
    }
  }
}
