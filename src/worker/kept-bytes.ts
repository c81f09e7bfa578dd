import type { ByteSource } from '../store/blobs.ts';

/** What the runs of a process hold together, in bytes: a dozen pictures and clips; what finds no room is read from the store. */
export const ROOM_BYTES = 32 * 1024 * 1024;

/** Blobs that a run has just written, for its next steps. */
export interface KeptBytes {
  /** Passes a blob's bytes on, and keeps them where there is room. */
  passing(name: string, source: ByteSource): AsyncIterable<Uint8Array>;
  /** All of them; undefined where they are not kept. */
  of(name: string): Uint8Array | undefined;
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
      letGo() {
        used -= own;
        own = 0;
        isOver = true;
        kept.clear();
      },
    };
  };
}
