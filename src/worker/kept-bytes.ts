import type { ByteSource } from '../store/blobs.ts';

/** What the runs of a process hold together, in bytes: a dozen pictures and clips; what finds no room is read from the store. */
const ROOM_BYTES = 32 * 1024 * 1024;
/** As a store gives them: so much is on its way at once. */
const PIECE_BYTES = 1024 * 1024;

/** Blobs that a run has just written, for its next steps. */
export interface KeptBytes {
  /** Passes a blob's bytes on, and keeps them where there is room. */
  passing(name: string, source: ByteSource): AsyncIterable<Uint8Array>;
  /** All of them; undefined where they are not kept. */
  of(name: string): Uint8Array | undefined;
  /** Bytes `start` to `end` (exclusive; default all), as the store reads them; undefined where they are not kept. */
  read(name: string, range?: { start: number; end: number }): AsyncIterable<Uint8Array> | undefined;
  /** At the end of the run. */
  letGo(): void;
}

/** Make one per process; each run has what it returns. */
export function createKeptBytes(room = ROOM_BYTES): () => KeptBytes {
  let used = 0;
  return () => {
    const kept = new Map<string, Uint8Array>();
    let own = 0;
    let isOver = false;

    function take(bytes: number): boolean {
      if (isOver || used + bytes > room) return false;
      used += bytes;
      own += bytes;
      return true;
    }
    function giveBack(bytes: number): void {
      if (isOver) return;
      used -= bytes;
      own -= bytes;
    }

    return {
      async *passing(name, source) {
        let pieces: Uint8Array[] | undefined = [];
        let taken = 0;
        let isWhole = false;
        try {
          for await (const piece of source) {
            if (pieces && take(piece.byteLength)) {
              taken += piece.byteLength;
              // A source may use its buffer again.
              pieces.push(Uint8Array.from(piece));
            } else pieces = undefined;
            yield piece;
          }
          isWhole = true;
        } finally {
          const before = kept.get(name);
          if (before) giveBack(before.byteLength);
          kept.delete(name);
          if (isWhole && pieces && !isOver) kept.set(name, Buffer.concat(pieces));
          else giveBack(taken);
        }
      },
      of: (name) => kept.get(name),
      read(name, { start, end } = { start: 0, end: Number.MAX_SAFE_INTEGER }) {
        const bytes = kept.get(name);
        return bytes && inPieces(bytes.subarray(start, end));
      },
      letGo() {
        used -= own;
        own = 0;
        isOver = true;
        kept.clear();
      },
    };
  };
}

async function* inPieces(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}
