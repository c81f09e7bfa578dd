import { linkKey } from '../links.ts';
import type { BlobFiles } from './blob-files.ts';
import { BLOB_SQL, removeBlobs, removeRows } from './blobs.ts';
import type { SqliteDb } from './db.ts';
import { KV_SQL } from './kv.ts';

/** Forgets a task with what goes with it, its blobs and its link, where `remove` finds that it is to go. */
export const forgetTask = (
  deps: { db: SqliteDb; files: BlobFiles },
  id: string,
  remove: () => boolean,
): Promise<void> =>
  removeBlobs(deps, () => {
    if (!remove()) return [];
    deps.db.run(KV_SQL.removeOne, { key: linkKey(id) });
    return removeRows(deps.db, BLOB_SQL.removeAll, { task: id });
  });
