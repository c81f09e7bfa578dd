import type { IncomingMessage } from 'node:http';
import { MAX_PICTURE_BYTES } from '../../media/pictures/inspect.ts';
import { NoRoom } from '../../util/semaphore.ts';
import { growing, sizeOf } from './growing.ts';
import { Problem } from './problem.ts';
import { receive } from './receive.ts';
import { createRoom, type RoomOptions } from './room.ts';

/** Pictures in memory at once; what comes beyond that waits on the wire. */
const ROOM: RoomOptions = { bytes: 64 * 1024 * 1024, maxWaiting: 500, maxWaitMs: 30_000, pressMs: 1_000 };
/** A picture begins in so much memory. */
const FIRST_BYTES = 64 * 1024;

const tooLarge = () =>
  new Problem(413, ({ picture }) => picture({ type: 'too-many-bytes', maxBytes: MAX_PICTURE_BYTES }));
const mostBytes = (pictures: number): number => pictures * MAX_PICTURE_BYTES;

/** Takes pictures into memory, no more at once than there is room for. */
export type Bodies = ReturnType<typeof createBodies>;

export function createBodies({ patienceMs, ...given }: { patienceMs?: number } & Partial<RoomOptions> = {}) {
  const limits = { ...ROOM, ...given };
  const room = createRoom(limits);
  return {
    /** The whole picture, or two one after the other, held while `use` runs. */
    async withPicture<T>(
      incoming: IncomingMessage,
      use: (bytes: Buffer) => Promise<T>,
      { pictures = 1 } = {},
    ): Promise<T> {
      const maxBytes = sizeOf(incoming, mostBytes(pictures), tooLarge);
      const body = growing({ maxBytes, firstBytes: FIRST_BYTES, tooLarge });
      const arrival = {
        held: 0,
        isSlow: () => receiving.slowForMs() >= limits.pressMs,
        giveWay: () => receiving.end(new Problem(408, ({ web }) => web.tooSlow)),
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
        throw error instanceof NoRoom ? new Problem(503, ({ web }) => web.busy, limits.maxWaitMs) : error;
      } finally {
        room.leave(arrival);
      }
    },
    /** Lets a picture pass unread: a browser hears an answer for certain only once all it sends was taken. */
    async discard(incoming: IncomingMessage): Promise<void> {
      let bytes = 0;
      const maxBytes = sizeOf(incoming, mostBytes(2), tooLarge);
      function put(chunk: Buffer): undefined {
        bytes += chunk.length;
        if (bytes > maxBytes) throw tooLarge();
      }
      await receive(incoming, { patienceMs, put }).whole;
    },
  };
}
