import type { Connection } from 'mongoose';
import { StoreUnavailable } from '../store.ts';
import { createAsk } from './ask.ts';
import { isTaken, plain, unavailable, type Whereabouts } from './errors.ts';
import { modelsOf } from './models.ts';

/** No operation takes longer, whatever becomes of the server and the network. */
const OPERATION_MS = 10_000;
/** What has waited longer for those before it is not begun. */
export const PATIENCE_MS = OPERATION_MS / 2;

export type MongoDb = ReturnType<typeof createDb>;

/** One connection with its models, and the one way to use them. */
export function createDb(connection: Connection, where: Whereabouts) {
  const native = connection.db;
  if (!native) throw new Error('the connection is not open');
  let closed = false;
  const late = () => unavailable('slow', where);

  /**
   * Awaits an operation, for so long at most. Throws `StoreUnavailable` where the server is at fault; whether a write
   * was done is then not known.
   */
  async function run<T>(work: () => PromiseLike<T>): Promise<T> {
    if (closed) throw new StoreUnavailable('The store is closed.');
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(late()), OPERATION_MS);
    });
    try {
      return await Promise.race([work(), tooLong]);
    } catch (error) {
      if (closed) throw new StoreUnavailable('The store is closed.', { cause: error });
      throw plain(error, where);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    where,
    models: modelsOf(connection),
    /** For GridFS and what is asked of the server itself. */
    native,
    /** To throw where something took too long. */
    late,
    run,
    /** For what is read on the way of a request: see there. */
    ...createAsk(native, run),
    /** The same for a write that inserts where nothing stands: two at once may collide, then the second finds it there. */
    async upsert<T>(work: () => PromiseLike<T>): Promise<T> {
      try {
        return await run(work);
      } catch (error) {
        if (!isTaken(error)) throw error;
        return run(work);
      }
    },
    async close(): Promise<void> {
      closed = true;
      await connection.close(true);
    },
  };
}
