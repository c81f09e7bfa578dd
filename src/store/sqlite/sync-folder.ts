import { open } from 'node:fs/promises';

/** Puts names on disk: a file's `fsync` covers its bytes, not its entry in the folder. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders, and needs none of this.
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
