import { z } from 'zod';
import type { Task } from '../task/task.ts';
import type { StoredBlob } from './blobs.ts';
import { json, text } from './keys.ts';
import type { KeyValues } from './kv.ts';
import { BROUGHT_BACK, isObject, OBJECTS_NAME } from './objects.ts';
import { pages } from './pages.ts';
import { type SpendRow, spendSchema } from './spend.ts';

/** One thing on record, as any store can keep it. Instants in milliseconds since the epoch. */
export type Entry =
  /** `dueAt` is absent when nothing is left to do; what was leased is due when its lease ends. */
  | { type: 'task'; task: Task; dueAt?: number; endedAt?: number }
  | ({ type: 'spend'; settled: boolean; moderated: boolean; at: number } & SpendRow)
  /** A value that has no owner; see `KeyValues`. */
  | { type: 'kv'; key: string; value: unknown; until?: number };
export type EntryType = Entry['type'];
export const ENTRY_TYPES = ['spend', 'kv', 'task'] as const satisfies readonly EntryType[];

export type EntryOf<T extends EntryType> = Extract<Entry, { type: T }>;

/** A blob as it is on record. */
export interface BlobEntry extends StoredBlob {
  taskId: string;
  name: string;
  /** When it was written, or shared. */
  at: number;
  /** The owner of the same bytes whose blob comes first; absent: this one. */
  of?: string;
  /** It is in object storage. */
  isObject: boolean;
}

/** What a whole record may be marked as; see `commands` of `npm run store`. */
const recordStatusSchema = z.enum(['being copied to', 'moved away']);
export type RecordStatus = z.infer<typeof recordStatusSchema>;

/** What is on record of one thing, under its key; fields that are not there may be null. */
export interface KeyedRecord {
  key: string;
  [field: string]: unknown;
}

/** What a database tells and keeps for a dump. */
export interface DumpSource {
  /**
   * The next few of a type, in the order of their keys; a blob's is its task, a slash and its name. A blob says which
   * `first` task of all owns the same bytes.
   */
  page(type: EntryType | 'blob', after: string): Promise<KeyedRecord[]>;
  count(type: EntryType | 'blob'): Promise<number>;
  put(entry: Entry): Promise<void>;
  /** Brings a blob's bytes, for all who own them, to where new ones are kept. Throws `BlobLost` where they are gone or damaged. */
  relocate(blob: BlobEntry): Promise<void>;
  /** Throws where the record does not make a task. */
  toTask(record: KeyedRecord): Task;
}

const instant = z.number();
const maybeInstant = instant.nullish().transform((it) => it ?? undefined);
const dueSchema = z.object({ dueAt: maybeInstant, endedAt: maybeInstant });
const spentSchema = spendSchema.extend({ key: text });
const valueSchema = z.object({ key: z.string(), value: json, until: maybeInstant });
const blobSchema = z.object({
  key: z.string(),
  task: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  createdAt: instant,
  first: z.string(),
  file: z.unknown(),
});
/** No copy of the record takes its status along: it has an owner. */
const STATUS = { key: 'status', owner: 'copy' } as const;

export type Dump = ReturnType<typeof createDump>;

/** The whole record, for moving it to another store and for checking it. Not for a program at work. */
export function createDump({ page, count, put, relocate, toTask }: DumpSource, values: KeyValues) {
  async function* all(type: EntryType | 'blob'): AsyncIterable<KeyedRecord> {
    for await (const found of pages<KeyedRecord>((last) => page(type, last?.key ?? ''))) yield* found;
  }

  const read: { [T in EntryType]: (record: KeyedRecord) => EntryOf<T> } = {
    task: (record) => ({ type: 'task', task: toTask(record), ...dueSchema.parse(record) }),
    spend(record) {
      const { key: attemptId, ...rest } = spentSchema.parse(record);
      return { type: 'spend', attemptId, ...rest };
    },
    kv: (record) => ({ type: 'kv', ...valueSchema.parse(record) }),
  };

  function readOr<T extends EntryType>(type: T, record: KeyedRecord, unreadable?: (key: string) => void) {
    try {
      return read[type](record);
    } catch (error) {
      if (!unreadable) throw error;
      unreadable(record.key);
      return undefined;
    }
  }

  return {
    /** Puts it under its key, in place of what stands there. Tasks come unleased. */
    put,

    /** Brings a blob's bytes, for all who own them, to where new ones are kept. Throws `BlobLost` where they are gone or damaged. */
    relocate,

    /** All of a type, each once. Those that cannot be read are told to `unreadable` by their keys; without it they throw. */
    async *entries<T extends EntryType>(type: T, unreadable?: (key: string) => void): AsyncIterable<EntryOf<T>> {
      for await (const record of all(type)) {
        const entry = readOr(type, record, unreadable);
        if (entry) yield entry;
      }
    },

    async *blobs(): AsyncIterable<BlobEntry> {
      for await (const record of all('blob')) {
        const { key, task: taskId, createdAt: at, first, bytes, sha256, file } = blobSchema.parse(record);
        const of = first === taskId ? undefined : first;
        yield { taskId, name: key.slice(taskId.length + 1), at, bytes, sha256, of, isObject: isObject(`${file}`) };
      }
    },

    counts: async (): Promise<Record<EntryType | 'blob', number>> => ({
      task: await count('task'),
      spend: await count('spend'),
      kv: await count('kv'),
      blob: await count('blob'),
    }),

    /** Marks the whole record, or takes the mark away. */
    async mark(as: RecordStatus | undefined): Promise<void> {
      if (as === undefined) await values.remove(STATUS.key, STATUS);
      else await values.put({ value: as, ...STATUS }, { replaces: 'any' });
    },

    /** A bot may do without the bucket from then on, although what is lost there is still on record as an object. */
    async markBroughtBack(is: boolean): Promise<void> {
      if (is) await values.put({ value: true, ...BROUGHT_BACK }, { replaces: 'any' });
      else await values.remove(BROUGHT_BACK.key, BROUGHT_BACK);
    },

    /** The folder in the bucket that the record's objects are in; undefined where it never had any. */
    objectsFolder: async (): Promise<string | undefined> =>
      z
        .string()
        .optional()
        .parse((await values.get(OBJECTS_NAME.key))?.value),

    async marked(): Promise<RecordStatus | undefined> {
      return recordStatusSchema.optional().parse((await values.get(STATUS.key))?.value);
    },
  };
}
