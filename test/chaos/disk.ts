import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

/** A disk of one's own, which may be full. */
export interface Disk {
  dir: string;
  /** Full for so long. */
  fill(ms: number): Promise<void>;
  close(): Promise<void>;
}

const SIZE = '512m';

/** Mounts one at `dir`. Undefined where this user may not: then that is a folder like any other. */
export async function mountDisk(dir: string): Promise<Disk | undefined> {
  await mkdir(dir, { recursive: true });
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'none', dir]).status !== 0) return undefined;
  // Whatever ends this process ends the mount.
  const guard = spawn('sh', ['-c', 'cat >/dev/null; umount -l "$0"', dir], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const filler = join(dir, 'filler');
  return {
    dir,
    async fill(ms) {
      const { bavail, bsize } = await statfs(dir);
      try {
        await promisify(execFile)('fallocate', ['-l', String(bavail * bsize), filler]).catch(() => {});
        await delay(ms);
      } finally {
        await rm(filler, { force: true });
      }
    },
    async close() {
      const ended = once(guard, 'exit');
      guard.stdin.end();
      await ended;
    },
  };
}
