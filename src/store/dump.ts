import { z } from 'zod';
import type { Task } from '../task/task.ts';
import type { StoredBlob } from './blobs.ts';
import type { SpendRow } from './spend.ts';

/** One thing on record, as any store can keep it. Instants in milliseconds since the epoch. */
export type Entry =
  /** `dueAt` is absent when nothing is left to do; what was leased is due when its lease ends. */
  | { type: 'task'; task: Task; dueAt?: number; endedAt?: number }
  | { type: 'spend'; row: SpendRow; settled: boolean; moderated: boolean; at: number }
  /** A value that has no owner; see `KeyValues`. */
  | { type: 'kv'; key: string; value: unknown; until?: number };
export type EntryType = Entry['type'];
export const ENTRY_TYPES = ['spend', 'kv', 'task'] as const satisfies readonly EntryType[];

export type EntryOf<T extends EntryType> = Extract<Entry, { type: T }>;

/** A blob as it is on record. */
export interface BlobEntry extends StoredBlob {
  taskId: string;
  name: string;
  /** When it was written. */
  at: number;
}

/** What a whole record may be marked as; see `commands` of `npm run store`. */
export const recordStatusSchema = z.enum(['being copied to', 'moved away']);
export type RecordStatus = z.infer<typeof recordStatusSchema>;

/** The whole record, for moving it to another store and for checking it. Not for a program at work. */
export interface Dump {
  /**
   * All of a type, each once, in an order of the store's; read in pages, so that any number fits in memory. Those that
   * cannot be read are told to `unreadable` by their keys; without it they throw.
   */
  entries<T extends EntryType>(type: T, unreadable?: (key: string) => void): AsyncIterable<EntryOf<T>>;
  blobs(): AsyncIterable<BlobEntry>;
  counts(): Promise<Record<EntryType | 'blob', number>>;
  /** Puts it under its key, in place of what stands there. Tasks come unleased. */
  put(entry: Entry): Promise<void>;
  /** Marks the whole record, or takes the mark away. */
  mark(as: RecordStatus | undefined): Promise<void>;
  marked(): Promise<RecordStatus | undefined>;
}

/** An entry; where it cannot be read, its key is told to `unreadable`, or without it the error thrown. */
export function readOr<T>(read: () => T, key: string, unreadable?: (key: string) => void): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!unreadable) throw error;
    unreadable(key);
    return undefined;
  }
}
