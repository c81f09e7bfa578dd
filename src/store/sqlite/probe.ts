import { access, constants, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { StoreUnavailable } from '../store.ts';
import { guarded, unavailable } from './errors.ts';
import { lockFolder } from './file-lock.ts';

/** Looks at the folder, or at the one that it would be made in, and writes nothing. Throws `StoreUnavailable`. */
export async function probeSqlite(dir: string): Promise<string> {
  const found = await nearest(resolve(dir));
  if (!(await stat(found)).isDirectory()) throw unavailable('not-writable', dir);
  await guarded(dir, () => access(found, constants.W_OK | constants.X_OK));
  if (found !== resolve(dir)) return `SQLite in ${dir}, which the first start makes`;
  if (!(await isThere(join(dir, 'kinora.lock')))) return `SQLite in ${dir}`;
  try {
    (await guarded(dir, () => lockFolder(dir)))();
    return `SQLite in ${dir}`;
  } catch (error) {
    if (error instanceof StoreUnavailable && error.message.startsWith('Another Kinora'))
      return `SQLite in ${dir}, which a running Kinora is using`;
    throw error;
  }
}

/** The folder, or else the innermost of those around it that is there. */
async function nearest(path: string): Promise<string> {
  return (await isThere(path)) || dirname(path) === path ? path : nearest(dirname(path));
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
