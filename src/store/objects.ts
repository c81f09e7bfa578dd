import type { ByteSource, StoredBlob } from './blobs.ts';
import type { Shown } from './shown.ts';

/** What the file of a blob begins with whose bytes are in object storage. */
export const OBJECT = 's3:';

export const isObject = (file: string): boolean => file.startsWith(OBJECT);

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
   * All objects whose write began before an instant, of the record's clock, by pages. Ends, first, uploads that were begun before,
   * and removes what could not be removed earlier.
   */
  sweepable(before: number): AsyncIterable<string[]>;
  /** An address that whoever has it may read the object at, for so long. */
  address(file: string, shown: Shown): Promise<string>;
  /** Whether they are to be had, asked by this one or by none. Throws `BucketRefused` where there is another bucket than there was. */
  look(one: string | undefined): Promise<void>;
  close(): void;
}
