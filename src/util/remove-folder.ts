import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** An ffmpeg that outlives us ends within a few frames. */
const TRIES = 20;
const AGAIN_MS = 50;

/**
 * Deletes a folder, or a file, with all that is in it; of one that is not there nothing. An ffmpeg that outlives a process of ours
 * that was killed may write into it meanwhile: then once more, as Node's own tries leave such a file alone.
 */
export async function removeFolder(path: string): Promise<void> {
  for (let left = TRIES - 1; left >= 0; left--) {
    try {
      return await rm(path, { recursive: true, force: true });
    } catch (error) {
      if (left === 0 || !(error instanceof Error && 'code' in error && error.code === 'ENOTEMPTY')) throw error;
    }
    await delay(AGAIN_MS);
  }
}
