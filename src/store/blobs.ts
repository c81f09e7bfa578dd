import { createHash } from 'node:crypto';
import { PlainError } from '../util/plain-error.ts';
import type { Shown } from './shown.ts';

/**
 * Bytes that belong to a task, under a name of its own. Written whole or not at all. Several tasks may own the same bytes:
 * what one of them writes or removes is its own affair, and the bytes go with the last.
 */
export interface Blobs {
  /** Replaces what stood there, in one step, once all bytes are on disk. Throws `BlobTooLarge` past `maxBytes`. */
  write: WriteBlob<StoredBlob>;
  /** The same for a task that is not on record yet: its `insert` takes the blob, else `discard` or in time `sweep`. */
  stage: WriteBlob<StagedBlob>;
  /** Lets go of what no task took. */
  discard(staged: StagedBlob): Promise<void>;
  /** Undefined where there is none. */
  stat(taskId: string, name: string): Promise<StoredBlob | undefined>;
  /** Streams bytes `start` to `end` (exclusive; default all). Throws where there is no such blob, `BlobLost` where its bytes are gone. */
  read(taskId: string, name: string, range?: { start: number; end: number }): AsyncIterable<Uint8Array>;
  /** An address in object storage that whoever has it may read the blob at, for so long. Undefined where it is not there. */
  address(taskId: string, name: string, shown: Shown): Promise<string | undefined>;
  remove(taskId: string, name: string): Promise<void>;
  /** Makes a task an owner of another's blobs, as an insert does. Throws `BlobsGone` where one is not there any more. */
  share(taskId: string, blobs: SharedBlobs): Promise<void>;
  /** Names of a task's blobs. */
  names(taskId: string): Promise<string[]>;
}

export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

type WriteBlob<Written> = (
  taskId: string,
  name: string,
  bytes: ByteSource,
  limits: { maxBytes: number },
) => Promise<Written>;

export interface StoredBlob {
  bytes: number;
  /** Hex digits. */
  sha256: string;
}

/** Bytes on disk that wait for their task. */
export interface StagedBlob extends StoredBlob {
  task: string;
  name: string;
  /** The store's own name for the bytes. */
  file: string;
}

/** Blobs of another task that a new one has from its insert on, under the same names; the bytes are kept once, for both. */
export interface SharedBlobs {
  of: string;
  names: readonly string[];
}

/** The blobs that a new task comes with: written for it, another's, or some of both. */
export type NewBlobs = StagedBlob | SharedBlobs | readonly (StagedBlob | SharedBlobs)[];

/** What was to be shared is not there any more. */
export class BlobsGone extends Error {
  override name = 'BlobsGone';
}

/** It is on record, and its bytes are not to be had any more, or are others. */
export class BlobLost extends PlainError {
  override name = 'BlobLost';
}

export const damaged = (taskId: string, name: string): BlobLost =>
  new BlobLost(`The ${name} of task ${taskId} is damaged where it is. Put back a backup.`);

/** An upload comes before its task's insert: for so long a blob may have no task. */
export const GRACE_MS = 60 * 60 * 1000;

export class BlobTooLarge extends Error {
  override name = 'BlobTooLarge';
}

/** Hands the bytes on, a piece after the other; says what they were. Throws `BlobTooLarge` past `maxBytes`. */
export async function pour(
  bytes: ByteSource,
  into: (piece: Uint8Array) => Promise<void>,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<StoredBlob> {
  const hash = createHash('sha256');
  let total = 0;
  for await (const piece of bytes) {
    total += piece.byteLength;
    if (total > maxBytes) throw new BlobTooLarge(`more than ${maxBytes} bytes`);
    hash.update(piece);
    await into(piece);
  }
  return { bytes: total, sha256: hash.digest('hex') };
}

/** The bytes to read, of however many there are. Throws on a range that is none. */
export function byteRange({ start = 0, end = Number.MAX_SAFE_INTEGER } = {}): { start: number; end: number } {
  for (const edge of [start, end])
    if (!(Number.isSafeInteger(edge) && edge >= 0)) throw new RangeError('A range is given in whole bytes from 0.');
  return { start, end };
}
