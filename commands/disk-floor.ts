import type { Store } from '../src/store/store.ts';
import type { Log } from '../src/util/log.ts';

/** What was found holds for so long: a look may be a question to a server. */
const FOUND_MS = 5_000;

/** Tells whether less than so many bytes are free where the record is. The operator hears when that changes. */
export function createDiskFloor(deps: {
  store: Pick<Store, 'now' | 'freeBytes'>;
  minFreeBytes: number;
  log?: Pick<Log, 'error' | 'info'>;
}): () => Promise<boolean> {
  const { store, minFreeBytes, log } = deps;
  let found = { at: Number.NEGATIVE_INFINITY, isBelow: false };

  return async () => {
    const now = store.now();
    if (minFreeBytes === 0 || now - found.at < FOUND_MS) return found.isBelow;
    const free = await store.freeBytes();
    const isBelow = free !== undefined && free < minFreeBytes;
    if (isBelow && !found.isBelow) log?.error({ free, minFreeBytes }, 'the disk is nearly full: requests are refused');
    if (!isBelow && found.isBelow) log?.info({ free }, 'the disk has room again');
    found = { at: now, isBelow };
    return isBelow;
  };
}
