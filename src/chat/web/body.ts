import type { IncomingMessage } from 'node:http';
import { MAX_PICTURE_BYTES } from '../../media/pictures/inspect.ts';
import { createSemaphore, NoRoom } from '../../util/semaphore.ts';
import { words } from './env.ts';
import { Problem } from './problem.ts';

/** A body of which nothing came for so long is given up. */
const STALL_MS = 20_000;
/** Pictures in memory at once, in bytes; a later one waits with its bytes still on the wire. */
const MAX_HELD_BYTES = 64 * 1024 * 1024;
const MAX_WAITING = 500;
const MAX_WAIT_MS = 30_000;
const MAX_JSON_BYTES = 16 * 1024;

/** Takes request bodies into memory, no more at once than there is room for. */
export type Bodies = ReturnType<typeof createBodies>;

export function createBodies({ stallMs = STALL_MS }: { stallMs?: number } = {}) {
  const inMemory = createSemaphore({ room: MAX_HELD_BYTES, maxWaiting: MAX_WAITING, maxWaitMs: MAX_WAIT_MS });

  async function text(incoming: IncomingMessage): Promise<string> {
    const size = declared(incoming, MAX_JSON_BYTES);
    const bytes = Buffer.allocUnsafe(size ?? MAX_JSON_BYTES);
    return bytes.toString('utf8', 0, await pour(incoming, { maxBytes: bytes.length, stallMs, into: bytes }));
  }

  return {
    /** The whole body, held while `use` runs. */
    async withPicture<T>(incoming: IncomingMessage, use: (bytes: Buffer) => Promise<T>): Promise<T> {
      const size = declared(incoming, MAX_PICTURE_BYTES) ?? MAX_PICTURE_BYTES;
      const held = inMemory(
        async () => {
          // Of its own, not from the pool; pages that stay unwritten cost nothing where the length was not told.
          const bytes = Buffer.allocUnsafeSlow(size);
          const length = await pour(incoming, { maxBytes: size, stallMs, into: bytes });
          return use(bytes.subarray(0, length));
        },
        { weight: size },
      );
      return held.catch((error: unknown) => {
        throw error instanceof NoRoom ? new Problem(503, words.web.busy, MAX_WAIT_MS) : error;
      });
    },
    /** An empty body is an empty object. */
    async json(incoming: IncomingMessage): Promise<unknown> {
      try {
        const body = await text(incoming);
        return body === '' ? {} : JSON.parse(body);
      } catch (error) {
        throw error instanceof SyntaxError ? new Problem(400, words.web.badBody) : error;
      }
    },
    form: async (incoming: IncomingMessage) => new URLSearchParams(await text(incoming)),
    /** Lets a picture pass unread: a browser hears an answer for certain only once all it sends was taken. */
    async discard(incoming: IncomingMessage): Promise<void> {
      declared(incoming, MAX_PICTURE_BYTES);
      await pour(incoming, { maxBytes: MAX_PICTURE_BYTES, stallMs });
    },
  };
}

/** The length that is announced. Too much is refused before a byte is read. */
function declared(incoming: IncomingMessage, maxBytes: number): number | undefined {
  const header = incoming.headers['content-length'];
  if (header === undefined) return undefined;
  const size = Number(header);
  if (size > maxBytes) throw tooLarge(maxBytes);
  return size;
}

const tooLarge = (maxBytes: number): Problem =>
  maxBytes === MAX_PICTURE_BYTES
    ? new Problem(413, words.picture({ type: 'too-many-bytes', maxBytes }))
    : new Problem(413, words.web.badBody);

/** Copies the body to its place as it comes. Returns its length. */
function pour(
  incoming: IncomingMessage,
  { maxBytes, stallMs, into }: { maxBytes: number; stallMs: number; into?: Buffer },
): Promise<number> {
  return new Promise((resolve, reject) => {
    let length = 0;
    const timer = setTimeout(() => end(new Problem(408, words.web.stalled)), stallMs);
    function end(problem?: Problem): void {
      clearTimeout(timer);
      incoming.off('data', take).off('end', whole).off('close', cut).off('error', cut);
      if (!problem) {
        resolve(length);
        return;
      }
      incoming.pause();
      reject(problem);
    }
    function take(chunk: Buffer): void {
      if (length + chunk.length > maxBytes) {
        end(tooLarge(maxBytes));
        return;
      }
      into?.set(chunk, length);
      length += chunk.length;
      timer.refresh();
    }
    const whole = () => end();
    const cut = () => end(new Problem(400, words.web.cutOff));
    // It went away while we waited for room.
    if (incoming.destroyed) cut();
    else incoming.on('data', take).on('end', whole).on('close', cut).on('error', cut);
  });
}
