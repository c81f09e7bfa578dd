import { isNotInstalled, notForThisMachine } from '../util/native.ts';
import { StoreUnavailable } from './store.ts';

/** Awaits the import of what needs libsql. Throws `StoreUnavailable` where that is not there for this machine. */
export async function withLibsql<T>(module: Promise<T>): Promise<T> {
  try {
    return await module;
  } catch (error) {
    throw isNotInstalled(error) ? new StoreUnavailable(notForThisMachine(['libsql']), { cause: error }) : error;
  }
}
