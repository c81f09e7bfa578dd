import type { IncomingMessage } from 'node:http';
import { MAX_PICTURE_BYTES } from '../../media/pictures/inspect.ts';
import { NoRoom } from '../../util/semaphore.ts';
import { words } from './env.ts';
import { Problem } from './problem.ts';
import { receive } from './receive.ts';
import { createRoom, type RoomOptions } from './room.ts';

/** A body whose sender stalls or drips for so long is given up. */
const PATIENCE_MS = 20_000;
/** Pictures in memory at once; what comes beyond that waits on the wire. */
const ROOM: RoomOptions = { bytes: 64 * 1024 * 1024, maxWaiting: 500, maxWaitMs: 30_000, pressMs: 1_000 };
const MAX_TEXT_BYTES = 16 * 1024;
/** A picture begins in as much memory, which doubles as it comes. */
const FIRST_BYTES = 64 * 1024;

/** Takes request bodies into memory, no more at once than there is room for. */
export type Bodies = ReturnType<typeof createBodies>;

export function createBodies({
  patienceMs = PATIENCE_MS,
  ...given
}: { patienceMs?: number } & Partial<RoomOptions> = {}) {
  const limits = { ...ROOM, ...given };
  const room = createRoom(limits);

  async function text(incoming: IncomingMessage): Promise<string> {
    const maxBytes = MAX_TEXT_BYTES;
    const body = growing({ maxBytes, firstBytes: sizeOf(incoming, maxBytes) });
    await receive(incoming, { patienceMs, put: body.add }).whole;
    return body.bytes().toString();
  }

  return {
    /** The whole body, held while `use` runs. */
    async withPicture<T>(incoming: IncomingMessage, use: (bytes: Buffer) => Promise<T>): Promise<T> {
      const maxBytes = sizeOf(incoming, MAX_PICTURE_BYTES);
      const body = growing({ maxBytes, firstBytes: FIRST_BYTES });
      const arrival = {
        held: 0,
        isSlow: () => receiving.slowForMs() >= limits.pressMs,
        giveWay: () => receiving.end(new Problem(408, words.web.tooSlow)),
      };
      const receiving = receive(incoming, {
        patienceMs,
        put(chunk) {
          const wait = room.take(arrival, chunk.length);
          return wait ? wait.then(() => body.add(chunk)) : body.add(chunk);
        },
      });
      room.enter(arrival);
      try {
        await receiving.whole;
        room.complete(arrival);
        return await use(body.bytes());
      } catch (error) {
        throw error instanceof NoRoom ? new Problem(503, words.web.busy, limits.maxWaitMs) : error;
      } finally {
        room.leave(arrival);
      }
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
      let bytes = 0;
      const maxBytes = sizeOf(incoming, MAX_PICTURE_BYTES);
      function put(chunk: Buffer): undefined {
        bytes += chunk.length;
        if (bytes > maxBytes) throw tooLarge(maxBytes);
      }
      await receive(incoming, { patienceMs, put }).whole;
    },
  };
}

/** The length that is announced, or the most that is taken. More is refused before a byte is read. */
function sizeOf(incoming: IncomingMessage, maxBytes: number): number {
  const header = incoming.headers['content-length'];
  const size = header === undefined ? maxBytes : Number(header);
  if (size > maxBytes) throw tooLarge(maxBytes);
  return size;
}

const tooLarge = (maxBytes: number): Problem =>
  maxBytes <= MAX_TEXT_BYTES
    ? new Problem(413, words.web.badBody)
    : new Problem(413, words.picture({ type: 'too-many-bytes', maxBytes }));

/** Memory for bytes that come one after the other. */
function growing({ maxBytes, firstBytes }: { maxBytes: number; firstBytes: number }) {
  let memory = Buffer.allocUnsafeSlow(Math.min(firstBytes, maxBytes));
  let length = 0;
  return {
    /** Throws a `Problem` where it is too much. */
    add(chunk: Buffer): undefined {
      const needed = length + chunk.length;
      if (needed > maxBytes) throw tooLarge(maxBytes);
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
