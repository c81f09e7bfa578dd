import { z } from 'zod';
import type { Clock } from '../../util/clock.ts';
import { BlobLost, type Blobs, BlobsGone, byteRange, type SharedBlobs, type StagedBlob } from '../blobs.ts';
import { blobName } from '../keys.ts';
import { isObject, OBJECT, type Objects, SOME_OBJECTS as SOME } from '../objects.ts';
import type { BlobFiles, OpenFile } from './blob-files.ts';
import type { SqliteDb } from './db.ts';

const FILE = 'coalesce(home, task) AS home, file';

/** Of nothing no byte can be read. */
const OBJECTS = `SELECT DISTINCT file FROM blobs WHERE file >= '${OBJECT}' AND file < '${OBJECT}~' AND bytes > 0`;

export const BLOB_SQL = {
  get: `SELECT ${FILE}, bytes, sha256 FROM blobs WHERE task = :task AND name = :name`,
  remove: `DELETE FROM blobs WHERE task = :task AND name = :name RETURNING ${FILE}`,
  removeAll: `DELETE FROM blobs WHERE task = :task RETURNING ${FILE}`,
  /** Looks and removes in one step: the task's insert may come at any time. */
  removeUnowned: `
    DELETE FROM blobs WHERE task = :task AND NOT EXISTS (SELECT 1 FROM tasks WHERE id = :task) RETURNING ${FILE}`,
  owners: 'SELECT count(*) AS count FROM blobs WHERE file = :file',
  /** Those that were begun last have the greatest names. */
  oldestObjects: `${OBJECTS} ORDER BY file LIMIT ${SOME}`,
  newestObjects: `${OBJECTS} ORDER BY file DESC LIMIT ${SOME}`,
  names: 'SELECT name FROM blobs WHERE task = :task',
  share: `
    INSERT OR REPLACE INTO blobs (task, name, home, file, bytes, sha256, created_at)
    SELECT :task, name, coalesce(home, task), file, bytes, sha256, :now FROM blobs
    WHERE task = :of AND name IN (SELECT value FROM json_each(:names))`,
} as const;

/** Where a blob's bytes are: the task in the file's name, and the rest of that. */
const fileSchema = z.object({ home: z.string(), file: z.string() });
type File = z.infer<typeof fileSchema>;
const nameSchema = z.object({ name: z.string() });
const blobSchema = fileSchema.extend({ bytes: z.number().int(), sha256: z.string() });

export const putBlob = (db: SqliteDb, { task, name, file, bytes, sha256 }: StagedBlob, now: number): void =>
  db.insert('blobs', { task, name, file, bytes, sha256, created_at: now }, { replacing: true });

/** Within a transaction, which is undone where one of them is gone. */
export function shareBlobs(db: SqliteDb, task: string, { of, names }: SharedBlobs, now: number): void {
  const wanted = [...new Set(names)];
  if (db.run(BLOB_SQL.share, { task, of, names: JSON.stringify(wanted), now }) !== wanted.length)
    throw new BlobsGone(`Task ${of} does not have ${wanted.join(', ')} any more.`);
}

/** Some of the objects that the record names, of its first days and of now. */
export const knownObjects = (db: SqliteDb): string[] => {
  const found = [BLOB_SQL.oldestObjects, BLOB_SQL.newestObjects].flatMap((sql) =>
    db.rows(fileSchema.pick({ file: true }), sql).map(({ file }) => file),
  );
  return [...new Set(found)];
};

export const isOwned = (db: SqliteDb, file: string): boolean => db.count(BLOB_SQL.owners, { file }) > 0;

/** Within a transaction: removes rows, by `sql`. Returns the files that nobody owns from then on. */
export const removeRows = (db: SqliteDb, sql: string, of: { task: string; name?: string }): File[] =>
  db.rows(fileSchema, sql, of).filter(({ file }) => !isOwned(db, file));

/** Removes rows, then their files: a crash leaves files that nobody names, for `sweep`, and never a name without its file. */
export async function removeBlobs(
  { db, files }: { db: SqliteDb; files: BlobFiles },
  remove: () => File[],
): Promise<void> {
  for (const { home, file } of await db.together(remove)) await files.remove(home, file);
}

/**
 * Bytes in files, what they are in rows. The row is written last and names the one file it is about, which never
 * changes: so a kill at any point shows the earlier blob or the new one, and their hash is always theirs. The file that
 * no row names is removed here or, after a crash, by `sweep`.
 */
export function createBlobs({
  db,
  files,
  objects,
  clock,
}: {
  db: SqliteDb;
  files: BlobFiles;
  objects?: Pick<Objects, 'address'>;
  clock: Clock;
}): Blobs {
  const lookUp = (taskId: string, name: string) => db.rows(blobSchema, BLOB_SQL.get, blobName(taskId, name))[0];

  /** Opens the file of the row; anew where another write replaced it between the two. */
  async function openCurrent(taskId: string, name: string): Promise<{ handle: OpenFile; bytes: number }> {
    for (let last: string | undefined; ; ) {
      const blob = lookUp(taskId, name);
      if (!blob) throw new Error(`Task ${taskId} has no blob ${name}.`);
      const handle = await files.open(blob.home, blob.file);
      if (handle) return { handle, bytes: blob.bytes };
      if (blob.file === last) throw new BlobLost(`The ${name} of task ${taskId} is gone.`);
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
        return before && !isOwned(db, before.file) ? [before] : [];
      };
      // Where this fails the file is left to `sweep`: a failed commit may yet turn out to be on disk.
      await removeBlobs({ db, files }, put);
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
          const piece = await handle.read(at, Math.min(end, bytes) - at);
          if (piece.byteLength === 0) throw new BlobLost(`The ${name} of task ${taskId} is gone or cut short.`);
          yield piece;
          at += piece.byteLength;
        }
      } finally {
        await handle.close();
      }
    },

    async address(taskId, name, shown) {
      const blob = lookUp(taskId, name);
      return blob && isObject(blob.file) ? objects?.address(blob.file, shown) : undefined;
    },

    async remove(taskId, name) {
      const which = blobName(taskId, name);
      await removeBlobs({ db, files }, () => removeRows(db, BLOB_SQL.remove, which));
    },

    share: (taskId, shared) => db.together(() => shareBlobs(db, taskId, shared, clock.now())),

    async names(task) {
      return db.rows(nameSchema, BLOB_SQL.names, { task }).map(({ name }) => name);
    },
  };
}
