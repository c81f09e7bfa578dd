import type { IncomingMessage } from 'node:http';
import type { Problem } from './problem.ts';

/** The length that is announced, or the most that is taken. More is refused before a byte is read. */
export function sizeOf(incoming: IncomingMessage, maxBytes: number, tooLarge: () => Problem): number {
  const header = incoming.headers['content-length'];
  const size = header === undefined ? maxBytes : Number(header);
  if (size > maxBytes) throw tooLarge();
  return size;
}

/** Memory for bytes that come one after the other. It doubles as they come, as what is announced may never come. */
export function growing({
  maxBytes,
  firstBytes,
  tooLarge,
}: {
  maxBytes: number;
  firstBytes: number;
  tooLarge: () => Problem;
}) {
  let memory = Buffer.allocUnsafeSlow(Math.min(firstBytes, maxBytes));
  let length = 0;
  return {
    /** Throws a `Problem` where it is too much. */
    add(chunk: Buffer): undefined {
      const needed = length + chunk.length;
      if (needed > maxBytes) throw tooLarge();
      if (needed > memory.length) {
        const larger = Buffer.allocUnsafeSlow(Math.min(maxBytes, Math.max(needed, 2 * memory.length)));
        larger.set(memory.subarray(0, length));
        memory = larger;
      }
      memory.set(chunk, length);
      length = needed;
    },
    bytes: () => memory.subarray(0, length),
  };
}
