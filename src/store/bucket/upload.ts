import { Buffer } from 'node:buffer';
import { type ByteSource, pour, type StoredBlob } from '../blobs.ts';
import type { Bucket, ObjectType, Part } from './bucket.ts';

/** S3 takes parts of 5 MiB or more; most clips are one, which needs no upload in parts. */
const PART_BYTES = 8 * 1024 * 1024;
const FIRST_BYTES = 256 * 1024;

type Calls = Pick<Bucket, 'put' | 'begin' | 'part' | 'complete' | 'abort'>;

/**
 * Writes one object, which is there whole in the end or not at all; a part of it is in memory, which its source waits for.
 * Throws the source's own errors, `BlobTooLarge` past `maxBytes`, and what the bucket's calls throw.
 */
export async function upload(
  bucket: Calls,
  { key, type, bytes, maxBytes }: { key: string; type: ObjectType; bytes: ByteSource; maxBytes: number },
): Promise<StoredBlob> {
  let buffer = Buffer.allocUnsafe(FIRST_BYTES);
  let filled = 0;
  let id: string | undefined;
  const parts: Part[] = [];

  async function sendPart(): Promise<void> {
    id ??= await bucket.begin(key, type);
    parts.push(await bucket.part(key, id, parts.length + 1, buffer.subarray(0, filled)));
    filled = 0;
  }

  /** Copied, since a source may use its buffer again. */
  async function append(piece: Uint8Array): Promise<void> {
    for (let from = 0; from < piece.byteLength; ) {
      if (filled === PART_BYTES) await sendPart();
      const room = Math.min(PART_BYTES - filled, piece.byteLength - from);
      if (filled + room > buffer.length) buffer = grown(buffer, filled + room);
      buffer.set(piece.subarray(from, from + room), filled);
      filled += room;
      from += room;
    }
  }

  try {
    const stored = await pour(bytes, append, maxBytes);
    if (id === undefined) await bucket.put(key, buffer.subarray(0, filled), type);
    else {
      await sendPart();
      await bucket.complete(key, id, parts);
    }
    return stored;
  } catch (error) {
    // What cannot be ended now is ended by a sweep.
    if (id !== undefined) await bucket.abort(key, id).catch(() => {});
    throw error;
  }
}

function grown(buffer: Buffer, least: number): ReturnType<typeof Buffer.allocUnsafe> {
  const larger = Buffer.allocUnsafe(Math.min(PART_BYTES, Math.max(least, 2 * buffer.length)));
  buffer.copy(larger);
  return larger;
}
