import { z } from 'zod';
import { type Blobs, damaged } from '../blobs.ts';
import type { DumpSource } from '../dump.ts';
import type { BlobFiles } from './blob-files.ts';
import type { SqliteDb } from './db.ts';

const WHERE = 'SELECT file, coalesce(home, task) AS home FROM blobs WHERE task = :task AND name = :name';
const MOVE = `
  UPDATE blobs SET file = :file, home = CASE task WHEN :task THEN NULL ELSE :task END WHERE file = :before`;

const whereSchema = z.object({ file: z.string(), home: z.string() });

/** Writes the bytes of a blob anew, where new ones go, for all their owners; then removes those that there were. */
export const createRelocate =
  ({ db, files, blobs }: { db: SqliteDb; files: BlobFiles; blobs: Blobs }): DumpSource['relocate'] =>
  async ({ taskId: task, name, sha256 }) => {
    const [before] = db.rows(whereSchema, WHERE, { task, name });
    if (!before) return;
    const moved = await files.write(task, name, blobs.read(task, name), Number.MAX_SAFE_INTEGER);
    if (moved.sha256 !== sha256) {
      await files.remove(task, moved.file);
      throw damaged(task, name);
    }
    await db.together(() => db.run(MOVE, { task, file: moved.file, before: before.file }));
    await files.remove(before.home, before.file);
  };
