import { isObject, type Objects } from '../objects.ts';
import type { BlobFiles } from './blob-files.ts';

const NOTHING = new Uint8Array();

/** Files of which new ones are objects; those that are there already stay where they are. */
export const withObjects = (files: BlobFiles, objects: Objects, { isForNew }: { isForNew: boolean }): BlobFiles => ({
  write: (taskId, name, bytes, maxBytes) =>
    isForNew ? objects.write(name, bytes, maxBytes) : files.write(taskId, name, bytes, maxBytes),

  async open(taskId, file) {
    if (!isObject(file)) return files.open(taskId, file);
    // Whether it is there its reader finds out: one that another took the place of is removed at once, under them.
    const read = async (start: number, length: number) =>
      (await objects.piece(file, { start, end: start + length })) ?? NOTHING;
    return { read, close: async () => {} };
  },

  remove: (taskId, file) => (isObject(file) ? objects.remove([file]) : files.remove(taskId, file)),

  /** Without objects: what is there of those is asked of the bucket, by pages. */
  all: () => files.all(),
});
