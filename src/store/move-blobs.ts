import { BlobLost } from './blobs.ts';
import type { CopyProgress } from './copy.ts';
import { CopyRefused } from './copy-refused.ts';
import { acquireExclusive } from './shared-use.ts';
import type { Store } from './store.ts';

/** What became of a record's pictures and clips. */
export interface Moved {
  moved: number;
  /** A sentence for each whose bytes are gone or damaged. */
  lost: string[];
}

/**
 * Brings all pictures and clips of a record to where the store keeps new ones, into the bucket or back, or goes on with that
 * where it was interrupted; each is verified by its hash before the one that there was is removed. Those that are lost are left.
 * Throws `CopyRefused`.
 */
export async function moveBlobs(
  store: Store,
  to: 'bucket' | 'record',
  onProgress: (progress: CopyProgress) => void = () => {},
): Promise<Moved> {
  const lock = await acquireExclusive(store);
  if (!lock)
    throw new CopyRefused(
      'A bot is at work on this record, or was half a minute ago. Stop it, wait for half a minute, and run this again.',
    );
  try {
    const { blob: of } = await store.dump.counts();
    let done = 0;
    let moved = 0;
    const lost: string[] = [];
    for await (const blob of store.dump.blobs()) {
      if (!(await lock.isHeld()))
        throw new CopyRefused('A bot began to work on this record. Stop it, and run this again.');
      // One that was there when its page was read may have come along with another owner of its bytes.
      if (blob.isObject !== (to === 'bucket') && blob.of === undefined) {
        try {
          await store.dump.relocate(blob);
          moved += 1;
        } catch (error) {
          if (!(error instanceof BlobLost)) throw error;
          lost.push(error.message);
        }
      }
      done += 1;
      onProgress({ done, of });
    }
    // A bucket that has nothing of what is asked for is another one: its record is not to do without BLOBS.
    await store.dump.markBroughtBack(to === 'record' && lost.length > 0 && (moved > 0 || lost.length === 1));
    await store.sweep({ isAlone: true });
    return { moved, lost };
  } finally {
    await lock.release();
  }
}
