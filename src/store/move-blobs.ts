import type { CopyProgress } from './copy.ts';
import { CopyRefused } from './copy-refused.ts';
import { acquireExclusive } from './shared-use.ts';
import type { Store } from './store.ts';

/**
 * Brings all pictures and clips of a record to where the store keeps new ones, into the bucket or back, or goes on with that
 * where it was interrupted; each is verified by its hash before the one that there was is removed. Throws `CopyRefused`.
 */
export async function moveBlobs(
  store: Store,
  to: 'bucket' | 'record',
  onProgress: (progress: CopyProgress) => void = () => {},
): Promise<number> {
  const lock = await acquireExclusive(store);
  if (!lock)
    throw new CopyRefused(
      'A bot is at work on this record, or was half a minute ago. Stop it, wait for half a minute, and run this again.',
    );
  try {
    const { blob: of } = await store.dump.counts();
    let done = 0;
    let moved = 0;
    for await (const blob of store.dump.blobs()) {
      if (!(await lock.isHeld()))
        throw new CopyRefused('A bot began to work on this record. Stop it, and run this again.');
      // One that was there when its page was read may have come along with another owner of its bytes.
      if (blob.isObject !== (to === 'bucket') && blob.of === undefined) {
        await store.dump.relocate(blob);
        moved += 1;
      }
      done += 1;
      onProgress({ done, of });
    }
    await store.sweep();
    return moved;
  } finally {
    await lock.release();
  }
}
