import { Buffer } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { z } from 'zod';
import type { Clock } from '../../util/clock.ts';
import { type Blobs, byteRange, type StagedBlob } from '../blobs.ts';
import { blobName } from '../keys.ts';
import type { BlobFiles } from './blob-files.ts';
import type { SqliteDb } from './db.ts';

export const BLOB_SQL = {
  get: 'SELECT file, bytes, sha256 FROM blobs WHERE task = :task AND name = :name',
  remove: 'DELETE FROM blobs WHERE task = :task AND name = :name RETURNING file',
  removeAll: 'DELETE FROM blobs WHERE task = :task RETURNING file',
  /** Looks and removes in one step: the task's insert may come at any time. */
  removeUnowned: `
    DELETE FROM blobs WHERE task = :task AND NOT EXISTS (SELECT 1 FROM tasks WHERE id = :task) RETURNING file`,
  files: 'SELECT file FROM blobs WHERE task = :task',
  names: 'SELECT name FROM blobs WHERE task = :task',
} as const;

export const fileSchema = z.object({ file: z.string() });
const nameSchema = z.object({ name: z.string() });
const blobSchema = z.object({ file: z.string(), bytes: z.number().int(), sha256: z.string() });

export const putBlob = (db: SqliteDb, { task, name, file, bytes, sha256 }: StagedBlob, now: number): void =>
  db.insert('blobs', { task, name, file, bytes, sha256, created_at: now }, { replacing: true });

/** Removes rows, then their files: a crash leaves files that nobody names, for `sweep`, and never a name without its file. */
export async function removeBlobs(
  { db, files }: { db: SqliteDb; files: BlobFiles },
  task: string,
  removeRows: () => { file: string }[],
): Promise<void> {
  for (const { file } of await db.together(removeRows)) await files.remove(task, file);
}

/** Most pictures come in one piece, which need not be copied. */
const READ_BYTES = 512 * 1024;

/**
 * Bytes in files, what they are in rows. The row is written last and names the one file it is about, which never
 * changes: so a kill at any point shows the earlier blob or the new one, and their hash is always theirs. The file that
 * no row names is removed here or, after a crash, by `sweep`.
 */
export function createBlobs({ db, files, clock }: { db: SqliteDb; files: BlobFiles; clock: Clock }): Blobs {
  const lookUp = (taskId: string, name: string) => db.rows(blobSchema, BLOB_SQL.get, blobName(taskId, name))[0];

  /** Opens the file of the row; anew where another write replaced it between the two. */
  async function openCurrent(taskId: string, name: string): Promise<{ handle: FileHandle; bytes: number }> {
    for (let last: string | undefined; ; ) {
      const blob = lookUp(taskId, name);
      if (!blob) throw new Error(`Task ${taskId} has no blob ${name}.`);
      const handle = await files.open(taskId, blob.file);
      if (handle) return { handle, bytes: blob.bytes };
      if (blob.file === last) throw new Error(`The file of blob ${name} of task ${taskId} is gone.`);
      last = blob.file;
    }
  }

  const stage: Blobs['stage'] = async (taskId, name, bytes, { maxBytes }) => ({
    ...blobName(taskId, name),
    ...(await files.write(taskId, name, bytes, maxBytes)),
  });

  return {
    async write(...told) {
      const staged = await stage(...told);
      const put = () => {
        const before = lookUp(staged.task, staged.name);
        putBlob(db, staged, clock.now());
        return before;
      };
      // Where this fails the file is left to `sweep`: a failed commit may yet turn out to be on disk.
      const before = await db.together(put);
      if (before) await files.remove(staged.task, before.file);
      return { bytes: staged.bytes, sha256: staged.sha256 };
    },

    stage,

    discard: ({ task, file }) => files.remove(task, file),

    async stat(taskId, name) {
      const blob = lookUp(taskId, name);
      return blob && { bytes: blob.bytes, sha256: blob.sha256 };
    },

    async *read(taskId, name, range) {
      const { start, end } = byteRange(range);
      const { handle, bytes } = await openCurrent(taskId, name);
      try {
        for (let at = start; at < Math.min(end, bytes); ) {
          const chunk = Buffer.allocUnsafe(Math.min(READ_BYTES, end - at, bytes - at));
          const { bytesRead } = await handle.read(chunk, 0, chunk.length, at);
          if (bytesRead === 0) throw new Error(`The file of blob ${name} of task ${taskId} is cut short.`);
          yield chunk.subarray(0, bytesRead);
          at += bytesRead;
        }
      } finally {
        await handle.close();
      }
    },

    async remove(taskId, name) {
      await removeBlobs({ db, files }, taskId, () => db.rows(fileSchema, BLOB_SQL.remove, blobName(taskId, name)));
    },

    async names(task) {
      return db.rows(nameSchema, BLOB_SQL.names, { task }).map(({ name }) => name);
    },
  };
}
