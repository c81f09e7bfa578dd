import { z } from 'zod';
import { type Blobs, damaged } from '../blobs.ts';
import type { DumpSource } from '../dump.ts';
import { blobKey } from './blobs.ts';
import type { MongoDb } from './db.ts';
import { type Files, fileIdSchema } from './files.ts';

const whereSchema = z.object({ file: fileIdSchema });

/** Writes the bytes of a blob anew, where new ones go, for all their owners; then removes those that there were. */
export const createRelocate =
  ({ db, files, blobs }: { db: MongoDb; files: Files; blobs: Blobs }): DumpSource['relocate'] =>
  async ({ taskId, name, sha256 }) => {
    const _id = blobKey(taskId, name);
    const found = await db.run(() => db.models.blobs.findOne({ _id }, { file: 1 }).lean());
    if (!found) return;
    const { file: before } = whereSchema.parse(found);
    const { file, data, ...moved } = await files.write(_id, blobs.read(taskId, name), Number.MAX_SAFE_INTEGER);
    if (moved.sha256 !== sha256) {
      await files.remove([file]);
      throw damaged(taskId, name);
    }
    await db.run(() =>
      db.models.blobs.updateMany(
        { file: before },
        data ? { $set: { file, data } } : { $set: { file }, $unset: { data: 1 } },
      ),
    );
    await files.remove([before]);
  };
