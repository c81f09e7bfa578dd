import mongoose from 'mongoose';
import { z } from 'zod';
import { BlobLost, type Blobs, BlobsGone, byteRange, GRACE_MS } from '../blobs.ts';
import { blobName } from '../keys.ts';
import { OBJECT, type Objects, SOME_OBJECTS } from '../objects.ts';
import { StoreUnavailable } from '../store.ts';
import type { StoreClock } from './clock.ts';
import type { MongoDb } from './db.ts';
import { CHUNK_BYTES, type FileId, type Files, fileIdSchema } from './files.ts';

export interface MongoBlobs extends Blobs {
  /** All of a task, or those written before an instant. */
  removeAll(taskId: string, before?: number): Promise<void>;
  /** Those of these files that no blob names. */
  unowned<Id extends FileId>(ids: Id[]): Promise<Id[]>;
}

const blobSchema = z.object({
  _id: z.string(),
  file: fileIdSchema,
  data: z
    .instanceof(mongoose.mongo.Binary)
    .transform(({ buffer }): Uint8Array => buffer)
    .optional(),
  bytes: z.number().int(),
  sha256: z.string(),
});
/** All of it but the bytes. */
const ABOUT = { data: 0 } as const;
type Blob = z.infer<typeof blobSchema>;

/**
 * Bytes in GridFS, what they are in `blobs`, with the bytes themselves where they are few. That document is written last and
 * names the one file it is about, which never changes: so a kill at any point shows the earlier blob or the new one, and their hash is always theirs. A file
 * that nobody names is removed by `sweep`: one that was replaced some time later, so that its readers get to its end.
 */
export function createBlobs({
  db,
  files,
  objects,
  clock,
}: {
  db: MongoDb;
  files: Files;
  objects?: Pick<Objects, 'address'>;
  clock: StoreClock;
}): MongoBlobs {
  const { blobs } = db.models;

  async function lookUp(_id: string, fields: Partial<typeof ABOUT> = ABOUT): Promise<Blob | undefined> {
    const found = await db.run(() => blobs.findOne({ _id }, fields).lean());
    return found ? blobSchema.parse(found) : undefined;
  }

  async function unowned<Id extends FileId>(ids: Id[]): Promise<Id[]> {
    const named = await db.run(() => blobs.find({ file: { $in: ids } }, { _id: 0, file: 1 }).lean());
    const owned = new Set(named.map(({ file }) => `${file}`));
    return ids.filter((id) => !owned.has(`${id}`));
  }

  async function removeFiles(gone: Blob[]): Promise<void> {
    const replaced = await files.replaced({ filename: { $in: gone.map(({ _id }) => _id) } });
    await files.remove(await unowned([...gone.map(({ file }) => file), ...replaced]));
  }

  const lookUpAll = async (ids: string[], fields: Partial<typeof ABOUT> = ABOUT): Promise<Blob[]> =>
    z.array(blobSchema).parse(await db.run(() => blobs.find({ _id: { $in: ids } }, fields).lean()));

  /** The first chunk of a range, and whose file it is; of the file that counts now, should another take its place. */
  async function begin(id: string, start: number): Promise<{ blob: Blob; chunk: Uint8Array | undefined }> {
    for (let last: FileId | undefined; ; ) {
      const blob = await lookUp(id, {});
      if (!blob) throw new Error(`There is no blob ${id}.`);
      if (start >= blob.bytes) return { blob, chunk: undefined };
      if (blob.data) return { blob, chunk: blob.data };
      const chunk = await files.chunk(blob.file, Math.floor(start / CHUNK_BYTES));
      if (chunk) return { blob, chunk };
      if (`${last}` === `${blob.file}`) throw new BlobLost(lost(id));
      last = blob.file;
    }
  }

  const write: Blobs['stage'] = async (taskId, name, bytes, { maxBytes }) => {
    const _id = blobKey(taskId, name);
    const begun = clock.now();
    const { file, data, ...stored } = await files.write(_id, bytes, maxBytes);
    await clock.fresh();
    // A sweep takes files that no blob names after the grace; a process that slept so long must not name one that is gone.
    if (clock.now() - begun > GRACE_MS / 2) throw new StoreUnavailable('A file took too long to be stored. Try again.');
    const named = { task: taskId, file, data, ...stored, createdAt: clock.now() };
    const how = { upsert: true, returnDocument: 'before', projection: ABOUT } as const;
    const replaced = await db.upsert(() => blobs.findOneAndReplace({ _id }, named, how).lean());
    if (replaced) await files.markReplaced(blobSchema.parse(replaced).file);
    return { task: taskId, name, file: `${file}`, ...stored };
  };

  async function remove(taskId: string, name: string): Promise<void> {
    const gone = await db.run(() =>
      blobs.findOneAndDelete({ _id: blobKey(taskId, name) }, { projection: ABOUT }).lean(),
    );
    if (gone) await removeFiles([blobSchema.parse(gone)]);
  }

  return {
    async write(...told) {
      const { bytes, sha256 } = await write(...told);
      return { bytes, sha256 };
    },

    // Without transactions a blob and its task are two writes in any case: the blob comes first.
    stage: write,
    discard: ({ task, name }) => remove(task, name),

    async stat(taskId, name) {
      const blob = await lookUp(blobKey(taskId, name));
      return blob && { bytes: blob.bytes, sha256: blob.sha256 };
    },

    async *read(taskId, name, range) {
      const id = blobKey(taskId, name);
      const { start, end: wanted } = byteRange(range);
      const { blob, chunk: first } = await begin(id, start);
      const end = Math.min(wanted, blob.bytes);
      for (let at = start; at < end; ) {
        const n = Math.floor(at / CHUNK_BYTES);
        const chunk = at === start ? first : await files.chunk(blob.file, n);
        const from = n * CHUNK_BYTES;
        const piece = chunk?.subarray(at - from, Math.min(end - from, CHUNK_BYTES));
        if (!piece || piece.byteLength === 0) throw new BlobLost(lost(id));
        yield piece;
        at += piece.byteLength;
      }
    },

    async address(taskId, name, shown) {
      const blob = await lookUp(blobKey(taskId, name));
      return typeof blob?.file === 'string' ? objects?.address(blob.file, shown) : undefined;
    },

    remove,

    /**
     * Names the files, then looks whether their owner still does. Whoever removes a file has taken its name away first and
     * then looks who else names it; so either that look finds these names, or this one finds none.
     */
    async share(task, { of, names }) {
      const keys = [...new Set(names)].map((name) => blobKey(of, name));
      const found = await lookUpAll(keys, {});
      for (const { _id, file, data, bytes, sha256 } of found) {
        const shared = { task, file, data: data && Buffer.from(data), bytes, sha256, createdAt: clock.now() };
        const which = { _id: blobKey(task, nameOf(_id)) };
        await db.upsert(() => blobs.replaceOne(which, shared, { upsert: true }));
      }
      const now = new Map((await lookUpAll(keys)).map(({ _id, file }) => [_id, `${file}`]));
      if (found.length === keys.length && found.every(({ _id, file }) => now.get(_id) === `${file}`)) return;
      for (const { _id } of found) await remove(task, nameOf(_id));
      throw new BlobsGone(`Task ${of} does not have ${names.join(', ')} any more.`);
    },

    async names(task) {
      const found = await db.run(() => blobs.find(ofTask(task), { _id: 1 }).lean());
      return found.map(({ _id }) => nameOf(_id));
    },

    unowned,

    async removeAll(task, before = Number.POSITIVE_INFINITY) {
      const which = { ...ofTask(task), createdAt: { $lt: before } };
      const found = z.array(blobSchema).parse(await db.run(() => blobs.find(which, ABOUT).lean()));
      if (found.length === 0) return;
      await db.run(() => blobs.deleteMany({ ...which, _id: { $in: found.map(({ _id }) => _id) } }));
      await removeFiles(found);
    },
  };
}

const namedSchema = z.array(z.object({ file: z.string() }));

/** Some of the objects that the record names, of its first days and of now. */
export async function knownObjects({ models, run }: MongoDb): Promise<string[]> {
  const ours = { file: { $gte: OBJECT, $lt: `${OBJECT}~` }, bytes: { $gt: 0 } };
  const ends = ([1, -1] as const).map(async (file) => {
    const some = models.blobs.find(ours, { _id: 0, file: 1 }).sort({ file }).limit(SOME_OBJECTS);
    return namedSchema.parse(await run(() => some.lean()));
  });
  return [...new Set((await Promise.all(ends)).flat().map(({ file }) => file))];
}

/** The blobs of one task, by their keys. */
export const ofTask = (task: string) => ({ _id: { $gte: `${task}/`, $lt: `${task}0` } });

const lost = (blobKey: string): string => `The ${nameOf(blobKey)} of task ${taskOf(blobKey)} is gone.`;

export const taskOf = (blobKey: string): string => blobKey.slice(0, blobKey.indexOf('/'));
const nameOf = (blobKey: string): string => blobKey.slice(blobKey.indexOf('/') + 1);

/** The key of a blob's document. */
export function blobKey(taskId: string, blob: string): string {
  const { task, name } = blobName(taskId, blob);
  return `${task}/${name}`;
}
