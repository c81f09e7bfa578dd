import { CopyRefused } from './copy-refused.ts';
import { type BlobEntry, ENTRY_TYPES, type EntryType } from './dump.ts';
import type { KeptLock } from './keep-lock.ts';
import { acquireExclusive } from './shared-use.ts';
import type { Store } from './store.ts';

export interface CopyProgress {
  done: number;
  of: number;
}

const IN_USE =
  'A bot is at work on what is copied or on where it is copied to, or was half a minute ago. Stop it, wait for half a minute, and run this again.';
const MAX_BLOB_BYTES = Number.MAX_SAFE_INTEGER;

/**
 * Copies a whole record into an empty one, or goes on with a copy that was interrupted; then verifies it by counts and
 * hashes and marks the source as moved away, so that no bot goes on with both. Throws `CopyRefused` where it must not
 * begin or came out wrong.
 */
export async function copyStore(
  from: Store,
  to: Store,
  onProgress: (progress: CopyProgress) => void = () => {},
): Promise<CopyProgress> {
  const locks: KeptLock[] = [];
  try {
    for (const store of [from, to]) {
      const lock = await acquireExclusive(store);
      if (!lock) throw new CopyRefused(IN_USE);
      locks.push(lock);
    }
    return await copyHeld(from, to, { locks, onProgress });
  } finally {
    await Promise.all(locks.map((lock) => lock.release()));
  }
}

async function copyHeld(
  from: Store,
  to: Store,
  { locks, onProgress }: { locks: readonly KeptLock[]; onProgress: (progress: CopyProgress) => void },
): Promise<CopyProgress> {
  await begin(from, to);
  const counts = await from.dump.counts();
  const progress = { done: 0, of: Object.values(counts).reduce((sum, count) => sum + count, 0) };
  const step = () => {
    progress.done += 1;
    onProgress({ ...progress });
  };
  // Blobs first and tasks last: what is there of an interrupted copy is never a task without its clip.
  for await (const blob of from.dump.blobs()) {
    const there = await to.blobs.stat(blob.taskId, blob.name);
    if (there?.sha256 !== blob.sha256) await copyBlob(blob, from, to);
    step();
  }
  for (const type of ENTRY_TYPES)
    for await (const entry of from.dump.entries(type, (key) => refuseUnreadable(type, key))) {
      await to.dump.put(entry);
      step();
    }
  await verify(from, to);
  for (const lock of locks) if (!(await lock.isHeld())) throw new CopyRefused(IN_USE);
  // In this order: until the source is given up, a bot that was started on either refuses.
  await from.dump.mark('moved away');
  await to.dump.mark(undefined);
  return progress;
}

/** Bytes with several owners are copied with the first; the others share that one's. */
async function copyBlob({ taskId, name, sha256, of }: BlobEntry, from: Store, to: Store): Promise<void> {
  if (of !== undefined && (await to.blobs.stat(of, name))?.sha256 === sha256)
    return to.blobs.share(taskId, { of, names: [name] });
  const written = await to.blobs.write(taskId, name, from.blobs.read(taskId, name), { maxBytes: MAX_BLOB_BYTES });
  if (written.sha256 !== sha256)
    throw new CopyRefused(`The ${name} of task ${taskId} is damaged where it is copied from. Put back a backup.`);
}

function refuseUnreadable(type: EntryType, key: string): never {
  throw new CopyRefused(`The record of the ${type} ${key} cannot be read where it is copied from. Put back a backup.`);
}

async function begin(from: Store, to: Store): Promise<void> {
  if ((await from.dump.marked()) === 'being copied to')
    throw new CopyRefused('What is to be copied is itself half a copy. Finish that first.');
  if (Object.values(await from.dump.counts()).every((count) => count === 0))
    throw new CopyRefused('There is no record where it should be copied from. Check DATA_DIR and MONGO_URL.');
  const isHalf = (await to.dump.marked()) === 'being copied to';
  const there = await to.dump.counts();
  if (!isHalf && (there.task > 0 || there.spend > 0))
    throw new CopyRefused('There is a record already where it should be copied to. Name an empty database.');
  await to.dump.mark('being copied to');
}

async function verify(from: Store, to: Store): Promise<void> {
  const [was, is] = [await from.dump.counts(), await to.dump.counts()];
  for (const type of [...ENTRY_TYPES, 'blob'] as const)
    if (is[type] !== was[type])
      throw new CopyRefused(
        `${is[type]} of ${was[type]} entries (${type}) arrived. Run it again on an empty database.`,
      );
  for await (const { taskId, name, sha256 } of from.dump.blobs())
    if ((await to.blobs.stat(taskId, name))?.sha256 !== sha256)
      throw new CopyRefused(`The ${name} of task ${taskId} did not arrive whole. Run it again.`);
}
