import { readdir, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { undefinedIfGone } from './errors.ts';
import { syncFolder } from './sync-folder.ts';

/**
 * The first version had a folder for each task, `DIR/blobs/<task>/<file>`, and `DIR/incoming` for what was not whole
 * yet. A kill half-way leaves the rest to the next start.
 */
export async function moveFromFolders(dir: string, into: string): Promise<void> {
  const blobs = join(dir, 'blobs');
  const found = await readdir(blobs).catch(undefinedIfGone);
  if (!found) return;
  const tasks = found.filter((name) => /^[0-9a-f]{24}$/.test(name));
  for (const task of tasks)
    for (const file of await readdir(join(blobs, task)))
      await rename(join(blobs, task, file), join(into, `${task}.${file}`));
  await syncFolder(into);
  await rm(join(dir, 'incoming'), { recursive: true, force: true });
  // Refused, rightly, where anything is left in it.
  for (const folder of [...tasks.map((task) => join(blobs, task)), blobs]) await rmdir(folder).catch(() => {});
}
