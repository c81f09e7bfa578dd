import mongoose from 'mongoose';
import { z } from 'zod';
import { BlobLost, type Blobs } from '../blobs.ts';
import type { DumpSource } from '../dump.ts';
import type { MongoDb } from './db.ts';
import type { Files } from './files.ts';

const whereSchema = z.object({ file: z.union([z.instanceof(mongoose.mongo.ObjectId), z.string()]) });

/** Writes the bytes of a blob anew, where new ones go, for all their owners; then removes those that there were. */
export const createRelocate =
  ({ db, files, blobs }: { db: MongoDb; files: Files; blobs: Blobs }): DumpSource['relocate'] =>
  async ({ taskId, name, sha256 }) => {
    const _id = `${taskId}/${name}`;
    const found = await db.run(() => db.models.blobs.findOne({ _id }, { file: 1 }).lean());
    if (!found) return;
    const { file: before } = whereSchema.parse(found);
    const { file, ...moved } = await files.write(_id, blobs.read(taskId, name), Number.MAX_SAFE_INTEGER);
    if (moved.sha256 !== sha256) {
      await files.remove([file]);
      throw new BlobLost(`The ${name} of task ${taskId} is damaged where it is. Put back a backup.`);
    }
    await db.run(() => db.models.blobs.updateMany({ file: before }, { $set: { file } }));
    await files.remove([before]);
  };
