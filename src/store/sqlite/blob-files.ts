import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, opendir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../ops/clock.ts';
import { BlobTooLarge, type StoredBlob } from '../store.ts';
import { plain } from './errors.ts';

export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Files by task. Each write makes a new one under a name never used before, so no file ever changes. */
export interface BlobFiles {
  /** Resolves once the file and its name are on disk. Leaves nothing behind where it throws. */
  write(taskId: string, name: string, bytes: ByteSource, maxBytes: number): Promise<StoredBlob & { file: string }>;
  /** Undefined where it is gone. The caller closes it. */
  open(taskId: string, file: string): Promise<FileHandle | undefined>;
  remove(taskId: string, file: string): Promise<void>;
  /** The tasks that have a folder, one after another. */
  tasks(): AsyncIterable<string>;
  list(taskId: string): Promise<string[]>;
  /** When it was written, on the store's clock; undefined where it is gone. */
  writtenAt(taskId: string, file: string): Promise<number | undefined>;
  removeFolderIfEmpty(taskId: string): Promise<void>;
}

const TASK_ID = /^[0-9a-f]{24}$/;
const TRIES = 5;

/** `DIR/blobs/<task>/<name>.<generation>`, by way of `DIR/incoming`, which is emptied here. */
export async function openBlobFiles({ dir, clock }: { dir: string; clock: Clock }): Promise<BlobFiles> {
  const blobs = join(dir, 'blobs');
  const incoming = join(dir, 'incoming');

  async function guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw plain(error, dir);
    }
  }

  await guard(async () => {
    await rm(incoming, { recursive: true, force: true });
    for (const folder of [blobs, incoming]) await mkdir(folder, { recursive: true, mode: 0o700 });
    await syncFolder(dir);
  });

  /** Copies the bytes to the end. Only what the disk says is told in the store's words; the source's errors are its own. */
  async function pour(bytes: ByteSource, into: FileHandle, maxBytes: number): Promise<StoredBlob> {
    const hash = createHash('sha256');
    let total = 0;
    for await (const chunk of bytes) {
      total += chunk.byteLength;
      if (total > maxBytes) throw new BlobTooLarge(`more than ${maxBytes} bytes`);
      hash.update(chunk);
      await guard(() => into.appendFile(chunk));
    }
    return { bytes: total, sha256: hash.digest('hex') };
  }

  async function makeFolder(taskId: string): Promise<void> {
    const made = await mkdir(join(blobs, taskId), { recursive: true, mode: 0o700 });
    if (made) await syncFolder(blobs);
  }

  async function moveIn(from: string, taskId: string, file: string): Promise<void> {
    for (let tries = 1; ; tries++) {
      await makeFolder(taskId);
      try {
        await rename(from, join(blobs, taskId, file));
        return await syncFolder(join(blobs, taskId));
      } catch (error) {
        // Somebody removed the task's last other blob, and its folder with it, at this very moment.
        if (!isGone(error) || tries === TRIES) throw error;
      }
    }
  }

  /** Refused, rightly, where anything is in it. */
  const removeFolderIfEmpty = (taskId: string): Promise<void> => rmdir(join(blobs, taskId)).catch(() => {});

  return {
    async write(taskId, name, bytes, maxBytes) {
      const generation = randomBytes(8).toString('hex');
      const temporary = join(incoming, generation);
      const file = `${name}.${generation}`;
      // Beside the writing, so that the disk is waited for once less; `moveIn` sees to it that it is there.
      const folder = makeFolder(taskId).catch(() => {});
      try {
        const handle = await guard(() => open(temporary, 'wx', 0o600));
        let stored: StoredBlob;
        try {
          stored = await pour(bytes, handle, maxBytes);
          // Its age is told by the store's clock, like everything else's.
          await guard(() => handle.utimes(clock.now() / 1000, clock.now() / 1000));
          await guard(() => handle.sync());
        } finally {
          await handle.close();
        }
        await folder;
        await guard(() => moveIn(temporary, taskId, file));
        return { ...stored, file };
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => {});
        throw error;
      }
    },

    open: (taskId, file) => guard(() => open(join(blobs, taskId, file)).catch(undefinedIfGone)),

    async remove(taskId, file) {
      await guard(() => rm(join(blobs, taskId, file), { force: true }));
      await removeFolderIfEmpty(taskId);
    },

    async *tasks() {
      for await (const entry of await guard(() => opendir(blobs))) if (TASK_ID.test(entry.name)) yield entry.name;
    },

    list: (taskId) => guard(async () => (await readdir(join(blobs, taskId)).catch(undefinedIfGone)) ?? []),

    writtenAt: (taskId, file) =>
      guard(async () => (await stat(join(blobs, taskId, file)).catch(undefinedIfGone))?.mtimeMs),

    removeFolderIfEmpty,
  };
}

/** Puts names on disk: a file's `fsync` covers its bytes, not its entry in the folder. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders, and needs none of this.
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const isGone = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

function undefinedIfGone(error: unknown): undefined {
  if (!isGone(error)) throw error;
  return undefined;
}
