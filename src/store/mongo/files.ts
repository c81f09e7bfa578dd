import mongoose, { type mongo } from 'mongoose';
import { z } from 'zod';
import { type ByteSource, pour, type StoredBlob } from '../blobs.ts';
import type { StoreClock } from './clock.ts';
import type { MongoDb } from './db.ts';
import { begin } from './small.ts';

const { Binary, GridFSBucket, ObjectId } = mongoose.mongo;

/** Of a file in GridFS. */
export type GridId = mongo.ObjectId;
/** The same, or the name of an object. */
export type FileId = GridId | string;

/** The collections' common prefix, as GridFS has it. */
export const BUCKET = 'bytes';
export const CHUNK_BYTES = 1024 * 1024;

/** As a document has it. */
export const fileIdSchema = z.union([z.instanceof(ObjectId), z.string()]);

const idSchema = z.object({ _id: z.instanceof(ObjectId) });
const chunkSchema = z.object({ data: z.instanceof(Binary) });

/** Tells, on the store's clock, in which second the file was begun; unlike any other. */
const newFileId = (now: number): GridId => new ObjectId(ObjectId.generate(Math.floor(now / 1000)));
/** Comes before all files begun in that second or later. */
export const fileIdAt = (instant: number): GridId => ObjectId.createFromTime(Math.floor(Math.max(0, instant) / 1000));

/** Where the bytes of blobs are: see `createFiles`, `withObjects`. */
export interface Files<Id = FileId> {
  /**
   * Resolves once the file is whole and on disk; a small one is the caller's to keep, as `data`. What it leaves behind where
   * it throws is for `sweep`.
   */
  write(name: string, bytes: ByteSource, maxBytes: number): Promise<StoredBlob & { file: Id; data?: Uint8Array }>;
  /** One chunk of `CHUNK_BYTES` (the last may be shorter), counted from 0; undefined where it is gone. */
  chunk(file: Id, n: number): Promise<Uint8Array | undefined>;
  /** Says that another took its place: those who read it have until the sweep. */
  markReplaced(file: Id): Promise<void>;
  /** Those of them that others took the place of, since an instant. */
  replaced(of: { filename: { $in: string[] } } | { _id: { $in: GridId[] } }, since?: number): Promise<GridId[]>;
  remove(gone: Id[]): Promise<void>;
}

/** The bytes of blobs in GridFS. Each write makes a new file, so no file ever changes; which one counts, `blobs` says. */
export function createFiles({ db, clock }: { db: MongoDb; clock: StoreClock }): Files<GridId> {
  const bucket = new GridFSBucket(db.native, { bucketName: BUCKET, chunkSizeBytes: CHUNK_BYTES });
  const files = db.native.collection(`${BUCKET}.files`);
  const chunks = db.native.collection(`${BUCKET}.chunks`);

  /** Awaited, since a source may use its buffer again; cut, so that one wait is for one chunk. */
  async function append(into: mongo.GridFSBucketWriteStream, piece: Uint8Array): Promise<void> {
    for (let at = 0; at < piece.byteLength; at += CHUNK_BYTES)
      await db.run(() => settled((done) => into.write(piece.subarray(at, at + CHUNK_BYTES), done)));
  }

  return {
    async write(name, bytes, maxBytes) {
      const file = newFileId(clock.now());
      const begun = await begin(bytes);
      if (begun.outcome === 'small') {
        const stored = await pour(begun.pieces, async () => {}, maxBytes);
        return { file, data: Buffer.concat(begun.pieces), ...stored };
      }
      const into = bucket.openUploadStreamWithId(file, name);
      // Each call below tells of its own failure; without a listener the stream would end the process as well.
      into.on('error', () => {});
      try {
        const stored = await pour(begun.rest, (piece) => append(into, piece), maxBytes);
        await db.run(() => settled((done) => into.end(done)));
        return { file, ...stored };
      } catch (error) {
        into.destroy();
        await db.run(() => chunks.deleteMany({ files_id: file })).catch(() => {});
        throw error;
      }
    },

    async chunk(file, n) {
      // Not the driver's stream: that asks for sixteen megabytes at once, and holds a cursor as long as its reader takes.
      const found = await db.run(() => chunks.findOne({ files_id: file, n }, { projection: { _id: 0, data: 1 } }));
      return found ? chunkSchema.parse(found).data.buffer : undefined;
    },

    async markReplaced(file) {
      await db.run(() => files.updateOne({ _id: file }, { $set: { 'metadata.replacedAt': clock.now() } }));
    },

    async replaced(of, since = 0) {
      const which = { ...of, 'metadata.replacedAt': { $gte: since } };
      const found = await db.run(() => files.find(which, { projection: { _id: 1 } }).toArray());
      return found.map((file) => idSchema.parse(file)._id);
    },

    async remove(gone) {
      // The file's own document first: a crash then leaves chunks without a file, which the sweep finds.
      await db.run(() => files.deleteMany({ _id: { $in: gone } }));
      for (const file of gone) await db.run(() => chunks.deleteMany({ files_id: file }));
    },
  };
}

/** Awaits a callback that is told of an error or of none. */
const settled = (call: (done: (error?: Error | null) => void) => unknown): Promise<void> =>
  new Promise((resolve, reject) => call((error) => (error ? reject(error) : resolve())));
