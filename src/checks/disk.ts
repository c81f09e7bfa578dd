import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Check, fine, off } from './check.ts';

const MB = 1024 * 1024;

export const diskCheck: Check = {
  name: 'Disk',
  atStart: true,
  of: 'set-up',
  async look({ config: { dataDir, admission } }) {
    const free = await freeBytes(resolve(dataDir));
    if (free === undefined) return [];
    const mb = Math.floor(free / MB);
    const least = admission.minFreeBytes / MB;
    if (free >= admission.minFreeBytes) return [fine(`${mb} MB are free for ${dataDir}`)];
    return [
      off(
        `Only ${mb} MB are free for ${dataDir}, and with less than ${least} MB no request is taken. Make room, or lower MIN_FREE_MB.`,
      ),
    ];
  },
};

/** Of the disk that a folder is on, or would be. */
async function freeBytes(path: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch {
    return dirname(path) === path ? undefined : freeBytes(dirname(path));
  }
}
