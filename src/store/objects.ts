import type { ByteSource, StoredBlob } from './blobs.ts';
import { valueKey } from './kv.ts';
import type { Shown } from './shown.ts';

/** What the file of a blob begins with whose bytes are in object storage. */
export const OBJECT = 's3:';

/** What is on record about the bucket is about this one record: a copy of it goes without. */
export const OBJECTS_OWNER = 'bucket';
/** This record's own name in the bucket. */
export const OBJECTS_NAME = { key: valueKey('once', 'bucket'), owner: OBJECTS_OWNER };
/** On record where all blobs that were still there were brought back from the bucket, and some were not. */
export const BROUGHT_BACK = { key: valueKey('once', 'brought-back'), owner: OBJECTS_OWNER };

/** So many of the oldest and of the newest are asked for at the start. */
export const SOME_OBJECTS = 3;

export const isObject = (file: string): boolean => file.startsWith(OBJECT);

/** What a look into the bucket found. */
export interface Looked {
  /** Those asked for that are not there. */
  gone: string[];
  /** There is nothing of this record at all. */
  isEmpty: boolean;
  /** What is deleted stays there, under versions. */
  keepsVersions: boolean;
}

/**
 * The bytes of one record's blobs in object storage. Each write makes a new object, so none ever changes; which of them count,
 * the record says. What goes wrong there is `StoreUnavailable`.
 */
export interface Objects {
  /** Resolves once the object is there, whole. Leaves nothing behind where it throws, or what is `sweepable`. */
  write(name: string, bytes: ByteSource, maxBytes: number): Promise<StoredBlob & { file: string }>;
  /** Some bytes from `start` on, before `end`; there must be one. Undefined where the object is gone. */
  piece(file: string, range: { start: number; end: number }): Promise<Uint8Array | undefined>;
  /** What cannot be removed now is removed by the next sweep. */
  remove(files: readonly string[]): Promise<void>;
  /**
   * All objects whose write began before an instant, of the record's clock, by pages. Then ends uploads that were begun before,
   * and removes what could not be removed earlier. Throws what failed of it in the end, after the rest.
   */
  sweepable(before: number): AsyncIterable<string[]>;
  /** An address that whoever has it may read the object at, for so long. */
  address(file: string, shown: Shown): Promise<string>;
  /** Which bucket, for people. */
  where: string;
  /** Whether they are to be had, asked by these. */
  look(known: readonly string[]): Promise<Looked>;
  close(): void;
}
