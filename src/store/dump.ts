import { z } from 'zod';
import type { Task } from '../task/task.ts';
import type { StoredBlob } from './blobs.ts';
import type { SpendRow } from './spend.ts';

/** One thing on record, as any store can keep it. Instants in milliseconds since the epoch. */
export type Entry =
  /** `dueAt` is absent when nothing is left to do; what was leased is due when its lease ends. */
  | { kind: 'task'; task: Task; dueAt?: number; endedAt?: number }
  | { kind: 'spend'; row: SpendRow; settled: boolean; moderated: boolean; at: number }
  | { kind: 'draft'; key: string; data: unknown; expiresAt: number }
  | { kind: 'pace'; name: string; learned: unknown }
  | { kind: 'parked'; name: string; until: number; reason: string };
export type EntryKind = Entry['kind'];
export const ENTRY_KINDS = ['spend', 'pace', 'parked', 'draft', 'task'] as const satisfies readonly EntryKind[];

export type EntryOf<K extends EntryKind> = Extract<Entry, { kind: K }>;

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
   * All of a kind, each once, in an order of the store's; read in pages, so that any number fits in memory. Those that
   * cannot be read are told to `unreadable` by their keys; without it they throw.
   */
  entries<K extends EntryKind>(kind: K, unreadable?: (key: string) => void): AsyncIterable<EntryOf<K>>;
  blobs(): AsyncIterable<BlobEntry>;
  counts(): Promise<Record<EntryKind | 'blob', number>>;
  /** Puts it under its key, in place of what stands there. Tasks come unleased. */
  put(entry: Entry): Promise<void>;
  /** Marks the whole record, or takes the mark away. */
  mark(as: RecordStatus | undefined): Promise<void>;
  marked(): Promise<RecordStatus | undefined>;
}

/** An entry, or its key told to whoever wants to know of those that cannot be read. */
export function readOr<T>(read: () => T, key: string, unreadable?: (key: string) => void): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!unreadable) throw error;
    unreadable(key);
    return undefined;
  }
}
