import type { ByteSource } from '../blobs.ts';

/**
 * What has no more bytes is kept with its name, in one write and one read: most uploads and thumbnails. A file of its own
 * takes three writes and two reads.
 */
const SMALL_BYTES = 256 * 1024;

/** A source that was read until it ended, or was too large to be small; `rest` is then all of it, from its beginning. */
type Begun = { outcome: 'small'; pieces: Uint8Array[] } | { outcome: 'large'; rest: ByteSource };

/** Reads a source as far as it may be small. Its buffers are copied: a source may use them again. */
export async function begin(bytes: ByteSource): Promise<Begun> {
  const pieces: Uint8Array[] = [];
  let total = 0;
  const source = iterate(bytes);
  for (let next = await source.next(); !next.done; next = await source.next()) {
    pieces.push(Uint8Array.from(next.value));
    total += next.value.byteLength;
    if (total > SMALL_BYTES) return { outcome: 'large', rest: joined(pieces, source) };
  }
  return { outcome: 'small', pieces };
}

async function* iterate(bytes: ByteSource): AsyncGenerator<Uint8Array> {
  yield* bytes;
}

async function* joined(pieces: Uint8Array[], rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    // Not held until the end.
    for (let piece = pieces.shift(); piece; piece = pieces.shift()) yield piece;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}
