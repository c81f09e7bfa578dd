import { key } from './keys.ts';

/** What is not kept for ever is kept for a day at most: drafts, and the longest wait that a service may ask for. */
export const LONGEST_KEPT_MS = 24 * 60 * 60 * 1000;

/** By key, no value of one kind is ever another's; nor is any the status of the whole record. */
export const valueKey = (
  kind:
    | 'draft'
    | 'cooldown'
    | 'duration'
    | 'lock'
    | 'once'
    | 'spending'
    | 'removal'
    | 'shut'
    | 'link'
    | 'settings'
    | 'forget'
    | 'unkept'
    | 'shared-out',
  name: string,
): string => `${kind}:${key(name)}`;

/** A value under its key, to be kept as JSON. */
export interface NewValue {
  key: string;
  value: unknown;
  /** For so many milliseconds, `LONGEST_KEPT_MS` at most; absent: for ever. */
  forMs?: number;
  /** Has it to itself. What has an owner is about this one database, so that copies of the record go without it. */
  owner?: string;
}

/**
 * What a new value may replace, besides one past its time: any, one that ends sooner, its owner's own, none, or the very one
 * that was `seen`.
 */
export type Replaces = 'any' | 'sooner' | 'own' | 'none' | { seen: unknown };

/** The one table of small values; the same ports are made of it in every store. A call is one atomic step. */
export interface KeyValues {
  /** Undefined where there is none, or one past its time that `sweep` has not removed yet. */
  get(key: string): Promise<{ value: unknown; until?: number } | undefined>;
  /** So many at most of those in time whose key begins so, in the order of their keys; those behind `after`. */
  list(prefix: string, limit: number, after?: string): Promise<{ key: string; value: unknown }[]>;
  /**
   * Whether it stands there now. Where the store writes to disk itself: at once, or `gathered` with other writes, which
   * blocks nobody but is read by others a moment later only.
   */
  put(value: NewValue, how: { replaces: Replaces; gathered?: boolean }): Promise<boolean>;
  /** Whether it was there, of this owner or of none, and in time; true for exactly one of several callers. */
  remove(key: string, how?: { owner?: string; gathered?: boolean }): Promise<boolean>;
}
