import { basename } from 'node:path/posix';
import type { Objects } from '../objects.ts';
import { CHUNK_BYTES, type FileId, type Files, type GridId } from './files.ts';

const isGrid = (file: FileId): file is GridId => typeof file !== 'string';

/** Files of which new ones are objects, where there is a bucket; those that are there already stay where they are. */
export const withObjects = (
  files: Files<GridId>,
  objects: Objects | undefined,
  { isForNew }: { isForNew: boolean },
): Files => ({
  write: (name, bytes, maxBytes) =>
    objects && isForNew ? objects.write(basename(name), bytes, maxBytes) : files.write(name, bytes, maxBytes),

  chunk: async (file, n) =>
    isGrid(file) ? files.chunk(file, n) : objects?.piece(file, { start: n * CHUNK_BYTES, end: (n + 1) * CHUNK_BYTES }),

  // An object that another took the place of stays until a sweep in any case.
  async markReplaced(file) {
    if (isGrid(file)) await files.markReplaced(file);
  },

  replaced: files.replaced,

  async remove(gone) {
    const grid = gone.filter(isGrid);
    if (grid.length > 0) await files.remove(grid);
    await objects?.remove(gone.filter((file) => typeof file === 'string'));
  },
});
