import type { Connection, mongo } from 'mongoose';
import { StoreUnavailable } from '../store.ts';
import { isTaken, plain, unavailable, type Whereabouts } from './errors.ts';
import { type Models, modelsOf } from './models.ts';

/** No operation takes longer, whatever becomes of the server and the network. */
export const OPERATION_MS = 10_000;

/** One connection with its models, and the one way to use them. */
export interface MongoDb {
  readonly models: Models;
  /** For GridFS and what is asked of the server itself. */
  readonly native: mongo.Db;
  /**
   * Awaits an operation, for so long at most. Throws `StoreUnavailable` where the server is at fault; whether a write
   * was done is then not known.
   */
  run<T>(work: () => PromiseLike<T>): Promise<T>;
  /** The same for a write that inserts where nothing stands: two at once may collide, then the second finds it there. */
  upsert<T>(work: () => PromiseLike<T>): Promise<T>;
  close(): Promise<void>;
}

export function createDb(connection: Connection, where: Whereabouts): MongoDb {
  const native = connection.db;
  if (!native) throw new Error('the connection is not open');
  let closed = false;

  async function run<T>(work: () => PromiseLike<T>): Promise<T> {
    if (closed) throw new StoreUnavailable('The store is closed.');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(unavailable('slow', where)), OPERATION_MS);
    });
    try {
      return await Promise.race([work(), late]);
    } catch (error) {
      if (closed) throw new StoreUnavailable('The store is closed.', { cause: error });
      throw plain(error, where);
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    models: modelsOf(connection),
    native,
    run,
    async upsert(work) {
      try {
        return await run(work);
      } catch (error) {
        if (!isTaken(error)) throw error;
        return run(work);
      }
    },
    async close() {
      closed = true;
      await connection.close(true);
    },
  };
}
