import { readAll } from '../../util/read-all.ts';
import type { ClipSource } from './clip-index.ts';

/** As much as a store fetches at once, however little is asked for. */
const WINDOW_BYTES = 1024 * 1024;
/** The index may lie behind the frames. */
const MAX_WINDOWS = 2;

/**
 * A clip in a store, to be checked: a check asks for a few bytes a dozen times, and what lies in one window is read once.
 * `read`: the bytes of a range, whose `end` is exclusive.
 */
export function storedClip(
  bytes: number,
  read: (range: { start: number; end: number }) => AsyncIterable<Uint8Array>,
): ClipSource {
  const windows = new Map<number, Uint8Array>();

  async function windowAt(n: number): Promise<Uint8Array> {
    const start = n * WINDOW_BYTES;
    const window = windows.get(n) ?? (await readAll(read({ start, end: Math.min(bytes, start + WINDOW_BYTES) })));
    // The one used last stands last.
    windows.delete(n);
    windows.set(n, window);
    for (const [oldest] of windows) if (windows.size > MAX_WINDOWS) windows.delete(oldest);
    return window;
  }

  return {
    bytes,
    async read(start, end) {
      const n = Math.floor(start / WINDOW_BYTES);
      const from = start - n * WINDOW_BYTES;
      const isInOne = from + (end - start) <= WINDOW_BYTES;
      return isInOne ? (await windowAt(n)).subarray(from, from + (end - start)) : readAll(read({ start, end }));
    },
  };
}
