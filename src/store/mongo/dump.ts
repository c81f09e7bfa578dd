import { z } from 'zod';
import { type Dump, type Entry, type EntryOf, type EntryType, readOr } from '../dump.ts';
import { json, key, text } from '../keys.ts';
import { createRecordStatus, type KeyValues } from '../kv.ts';
import type { MongoDb } from './db.ts';
import { movedDocument, toTask } from './document.ts';

/** Documents read at once. */
const PAGE = 200;

const instant = z.number();

const taskSchema = z.object({ dueAt: instant.optional(), endedAt: instant.optional() });
const spendSchema = z.object({
  _id: text,
  person: text,
  provider: text,
  cost: z.number(),
  request: text,
  settled: z.boolean(),
  moderated: z.boolean(),
  at: instant,
});
const kvSchema = z.object({ _id: z.string(), value: json, until: instant.optional() });
const blobSchema = z.object({
  _id: z.string(),
  task: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  createdAt: instant,
});

const COLLECTIONS = {
  task: { name: 'tasks', filter: {} },
  spend: { name: 'spend', filter: {} },
  kv: { name: 'kv', filter: { owner: { $exists: false } } },
  blob: { name: 'blobs', filter: {} },
} as const satisfies Record<EntryType | 'blob', { name: string; filter: object }>;

export function createDump({ db, values }: { db: MongoDb; values: KeyValues }): Dump {
  interface Document {
    _id: string;
    [field: string]: unknown;
  }
  const collection = (name: string) => db.native.collection<Document>(name);

  /** All of a collection by id, a page after the other: no cursor outlives a restart of the server. */
  async function* documents(type: EntryType | 'blob'): AsyncIterable<Document> {
    const { name, filter } = COLLECTIONS[type];
    for (let after = ''; ; ) {
      const page = await db.run(() =>
        collection(name)
          .find({ ...filter, _id: { $gt: after } })
          .sort({ _id: 1 })
          .limit(PAGE)
          .toArray(),
      );
      yield* page;
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      after = last._id;
    }
  }

  async function count(type: EntryType | 'blob'): Promise<number> {
    const { name, filter } = COLLECTIONS[type];
    return db.run(() => collection(name).countDocuments(filter));
  }

  return {
    ...createRecordStatus(values),

    async *entries(type, unreadable) {
      for await (const document of documents(type)) {
        const entry = readOr(() => READ[type](document), document._id, unreadable);
        if (entry) yield entry;
      }
    },

    async *blobs() {
      for await (const document of documents('blob')) {
        const { _id, task, createdAt, ...rest } = blobSchema.parse(document);
        yield { taskId: task, name: _id.slice(task.length + 1), ...rest, at: createdAt };
      }
    },

    counts: async () => ({
      task: await count('task'),
      spend: await count('spend'),
      kv: await count('kv'),
      blob: await count('blob'),
    }),

    put: (entry) => replace(db, entry),
  };
}

const READ: { [T in EntryType]: (document: unknown) => EntryOf<T> } = {
  task: (document) => ({ type: 'task', task: toTask(document), ...taskSchema.parse(document) }),
  spend(document) {
    const { _id, person, provider, cost, request, ...rest } = spendSchema.parse(document);
    return { type: 'spend', row: { attemptId: _id, person, provider, cost, request }, ...rest };
  },
  kv(document) {
    const { _id, value, until } = kvSchema.parse(document);
    return { type: 'kv', key: _id, value, until };
  },
};

/** By the models, which let nothing in that their schemas do not know. */
async function replace({ models, upsert }: MongoDb, entry: Entry): Promise<void> {
  const how = { upsert: true } as const;
  switch (entry.type) {
    case 'task': {
      const document = movedDocument(entry);
      await upsert(() => models.tasks.replaceOne({ _id: document._id }, document, how));
      return;
    }
    case 'spend': {
      const { row, settled, moderated, at } = entry;
      const keys = { person: key(row.person), provider: key(row.provider), request: key(row.request) };
      const document = { ...keys, cost: row.cost, settled, moderated, at };
      await upsert(() => models.spend.replaceOne({ _id: key(row.attemptId) }, document, how));
      return;
    }
    case 'kv': {
      const { key: _id, value, until } = entry;
      await upsert(() => models.kv.replaceOne({ _id }, { value: JSON.stringify(value), until }, how));
    }
  }
}
