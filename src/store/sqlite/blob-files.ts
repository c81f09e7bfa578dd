import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { closeSync, constants, fsync, openSync, write as writeSome } from 'node:fs';
import { access, type FileHandle, mkdir, open, opendir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Clock } from '../../util/clock.ts';
import { shared } from '../../util/shared.ts';
import { type ByteSource, pour, type StoredBlob } from '../blobs.ts';
import { guarded, undefinedIfGone } from './errors.ts';
import { moveFromFolders } from './old-folders.ts';
import { syncFolder } from './sync-folder.ts';

const write = promisify(writeSome);
const sync = promisify(fsync);

/** The task, its file's name and in that the instant, which a file of the first versions does not have. */
const FILE = /^([0-9a-f]{24})\.([a-z0-9-]+\.(?:(\d+)-)?[0-9a-f]{16})$/;

/** Most pictures come in one piece, which need not be copied. */
const READ_BYTES = 512 * 1024;

/** A file that is read: it does not change, whatever becomes of its name. */
export interface OpenFile {
  /** Some bytes from there on, `length` at most; none where it is cut short. */
  read(at: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Where the bytes of blobs are: see `openBlobFiles`, `withObjects`. */
export interface BlobFiles {
  /** Resolves once the file and its name are on disk. Leaves nothing behind where it throws. */
  write(taskId: string, name: string, bytes: ByteSource, maxBytes: number): Promise<StoredBlob & { file: string }>;
  /** Undefined where it is gone. The caller closes it. */
  open(taskId: string, file: string): Promise<OpenFile | undefined>;
  remove(taskId: string, file: string): Promise<void>;
  /** Whatever is there, one after another, and when its writing began, on the store's clock. */
  all(): AsyncIterable<{ task: string; file: string; begunAt: number }>;
}

/**
 * Files of tasks. Each write makes a new one under a name never used before, so no file ever changes.
 * `DIR/files/<task>.<name>.<instant>-<random>`, all in one folder: for a task's own the disk would be waited for twice
 * more. What a crash left half written is named by nobody, and swept.
 */
export async function openBlobFiles({ dir, clock }: { dir: string; clock: Clock }): Promise<BlobFiles> {
  const folder = join(dir, 'files');
  const path = (taskId: string, file: string) => join(folder, `${taskId}.${file}`);
  const syncNames = shared(() => syncFolder(folder));
  const guard = <T>(work: () => T) => guarded(dir, work);

  await guard(async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // A folder that is there already may be another user's.
    await access(folder, constants.W_OK);
    await syncFolder(dir);
    await moveFromFolders(dir, folder);
  });

  async function append(fd: number, chunk: Uint8Array): Promise<void> {
    for (let at = 0; at < chunk.byteLength; ) at += (await write(fd, chunk, at)).bytesWritten;
  }

  return {
    async write(taskId, name, bytes, maxBytes) {
      const file = `${name}.${clock.now()}-${randomBytes(8).toString('hex')}`;
      try {
        // Takes microseconds, like closing it; while all cores are busy, the way to another thread takes milliseconds.
        const fd = await guard(() => openSync(path(taskId, file), 'wx', 0o600));
        let stored: StoredBlob;
        let named: Promise<void>;
        try {
          // Only what the disk says is told in the store's words; the source's errors are its own.
          stored = await pour(bytes, (piece) => guard(() => append(fd, piece)), maxBytes);
          // Both at once: the name was made long ago.
          named = guard(syncNames);
          named.catch(() => {});
          await guard(() => sync(fd));
        } finally {
          closeSync(fd);
        }
        await named;
        return { ...stored, file };
      } catch (error) {
        await rm(path(taskId, file), { force: true }).catch(() => {});
        throw error;
      }
    },

    async open(taskId, file) {
      const handle = await guard(() => open(path(taskId, file)).catch(undefinedIfGone));
      return handle && { read: (at, length) => readSome(handle, at, length), close: () => handle.close() };
    },

    remove: (taskId, file) => guard(() => rm(path(taskId, file), { force: true })),

    async *all() {
      for await (const entry of await guard(() => opendir(folder))) {
        const [, task, file, instant = 0] = FILE.exec(entry.name) ?? [];
        if (task !== undefined && file !== undefined) yield { task, file, begunAt: Number(instant) };
      }
    },
  };
}

async function readSome(handle: FileHandle, at: number, length: number): Promise<Uint8Array> {
  const chunk = Buffer.allocUnsafe(Math.min(READ_BYTES, length));
  const { bytesRead } = await handle.read(chunk, 0, chunk.length, at);
  return chunk.subarray(0, bytesRead);
}
