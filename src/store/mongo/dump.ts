import { z } from 'zod';
import { type Dump, type Entry, type EntryKind, type EntryOf, readOr, recordStatusSchema } from '../dump.ts';
import { json, key, text } from '../keys.ts';
import type { Db } from './db.ts';
import { movedDocument, toTask } from './document.ts';

/** Documents read at once. */
const PAGE = 200;

const instant = z.number();

const taskSchema = z.object({ dueAt: instant.optional(), endedAt: instant.optional() });
const spendSchema = z.object({
  ...{ _id: text, person: text, provider: text, cost: z.number(), request: text },
  ...{ settled: z.boolean(), moderated: z.boolean(), at: instant },
});
const draftSchema = z.object({ _id: text, data: json, expiresAt: instant });
const paceSchema = z.object({ _id: text, data: json });
const parkedSchema = z.object({ _id: text, until: instant, reason: z.string() });
const blobSchema = z.object({
  ...{ _id: z.string(), task: z.string(), bytes: z.number(), sha256: z.string(), createdAt: instant },
});

const COLLECTIONS = {
  ...{ task: 'tasks', spend: 'spend', draft: 'drafts', pace: 'paces', parked: 'parked', blob: 'blobs' },
} as const satisfies Record<EntryKind | 'blob', string>;

/** About the record as a whole. */
const META = 'meta';
const MARK = 'mark';
const markedSchema = z.object({ as: recordStatusSchema });

export function createDump(db: Db): Dump {
  interface Document {
    _id: string;
    [field: string]: unknown;
  }
  const collection = (name: string) => db.native.collection<Document>(name);

  /** All of a collection by id, a page after the other: no cursor outlives a restart of the server. */
  async function* documents(kind: EntryKind | 'blob'): AsyncIterable<Document> {
    for (let after = ''; ; ) {
      const page = await db.run(() =>
        collection(COLLECTIONS[kind])
          .find({ _id: { $gt: after } })
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

  const count = (kind: EntryKind | 'blob') => db.run(() => collection(COLLECTIONS[kind]).countDocuments());

  return {
    async *entries(kind, unreadable) {
      for await (const document of documents(kind)) {
        const entry = readOr(() => READ[kind](document), document._id, unreadable);
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
      ...{ task: await count('task'), spend: await count('spend'), draft: await count('draft') },
      ...{ pace: await count('pace'), parked: await count('parked'), blob: await count('blob') },
    }),

    put: (entry) => replace(db, entry),

    async mark(as) {
      if (as === undefined) await db.run(() => collection(META).deleteOne({ _id: MARK }));
      else await db.upsert(() => collection(META).replaceOne({ _id: MARK }, { as }, { upsert: true }));
    },
    async marked() {
      const found = await db.run(() => collection(META).findOne({ _id: MARK }));
      return found ? markedSchema.parse(found).as : undefined;
    },
  };
}

const READ: { [K in EntryKind]: (document: unknown) => EntryOf<K> } = {
  task: (document) => ({ kind: 'task', task: toTask(document), ...taskSchema.parse(document) }),
  spend(document) {
    const { _id, person, provider, cost, request, ...rest } = spendSchema.parse(document);
    return { kind: 'spend', row: { attemptId: _id, person, provider, cost, request }, ...rest };
  },
  draft(document) {
    const { _id, ...rest } = draftSchema.parse(document);
    return { kind: 'draft', key: _id, ...rest };
  },
  pace(document) {
    const { _id, data } = paceSchema.parse(document);
    return { kind: 'pace', name: _id, learned: data };
  },
  parked(document) {
    const { _id, ...rest } = parkedSchema.parse(document);
    return { kind: 'parked', name: _id, ...rest };
  },
};

/** By the models, which let nothing in that their schemas do not know. */
async function replace({ models, upsert }: Db, entry: Entry): Promise<void> {
  const how = { upsert: true } as const;
  switch (entry.kind) {
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
    case 'draft': {
      const document = { data: JSON.stringify(entry.data ?? null), expiresAt: entry.expiresAt };
      await upsert(() => models.drafts.replaceOne({ _id: key(entry.key) }, document, how));
      return;
    }
    case 'pace': {
      const document = { data: JSON.stringify(entry.learned) };
      await upsert(() => models.durations.replaceOne({ _id: key(entry.name) }, document, how));
      return;
    }
    case 'parked': {
      const document = { until: entry.until, reason: entry.reason };
      await upsert(() => models.cooldowns.replaceOne({ _id: key(entry.name) }, document, how));
    }
  }
}
