import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { systemClock } from '../../src/util/clock.ts';
import { newTask, sha256, whole } from '../contract/store/tools.ts';
import { compiled } from '../helpers/compiled.ts';
import type { Said } from './crash-child.ts';
import type { DiskReport } from './disk-child.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('the SQLite store and other processes, kills and disks', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kinora-store-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('another process is refused as well, until this one is gone', async () => {
    const first = child('hold');
    await first.said;
    await expect(openSqliteStore({ dir, clock: systemClock })).rejects.toThrow(
      `Another Kinora is using ${dir}. Stop it first, or set another DATA_DIR.`,
    );
    await first.kill();
    await (await openSqliteStore({ dir, clock: systemClock })).close();
  });

  it('whatever moment a process is killed at, what it was told is on record, and its tasks are due', async () => {
    for (let round = 0; round < 2; round++) {
      const { kill, lines } = child('tasks');
      await expect.poll(() => lines.some((line) => 'task' in line), { timeout: 20_000 }).toBe(true);
      await delay(Math.random() * 150);
      await kill();
      const recorded = lines.flatMap((line) => ('task' in line ? [line.task] : []));
      const store = await openSqliteStore({ dir, clock: systemClock });
      for (const id of recorded) expect((await store.tasks.get(id))?.id).toBe(id);
      const due = new Set((await store.tasks.claimDue('next', 1e6)).map(({ id }) => id));
      expect(recorded.filter((id) => !due.has(id))).toEqual([]);
      await store.close();
    }
  });

  it('whatever moment a writer is killed at, each blob is whole and has the hash that is on record', async () => {
    const { id } = newTask(systemClock);
    for (let round = 0; round < 4; round++) {
      const { said, kill, lines } = child('blobs', id);
      await said;
      await delay(50 + Math.random() * 250);
      await kill();
      const store = await openSqliteStore({ dir, clock: systemClock });
      for (const name of ['upload', 'picture', 'clip']) {
        const stat = await store.blobs.stat(id, name);
        const told = lines.findLast((line) => 'blob' in line && line.blob === name);
        if (!stat) expect(told).toBeUndefined();
        else {
          const bytes = await whole(store.blobs.read(id, name));
          expect(stat).toEqual({ bytes: bytes.length, sha256: sha256(bytes) });
        }
      }
      await store.close();
    }
    const later = { ...systemClock, now: () => Date.now() + 2 * DAY_MS };
    const store = await openSqliteStore({ dir, clock: later });
    await store.tasks.insert(newTask(later, { id }));
    await store.sweep();
    const files = await readdir(join(dir, 'files'));
    expect(files.map((file) => file.split('.')[1]).toSorted()).toEqual(['clip', 'picture', 'upload']);
    await store.close();
  });

  const ownDisks = spawnSync('unshare', ['-Urm', 'mount', '-t', 'tmpfs', 'none', tmpdir()]).status === 0;
  const onDisk = (options: string, script: string) =>
    execFileSync('unshare', [
      '-Urm',
      'sh',
      '-c',
      `mount -t tmpfs -o ${options} none "$0" && ${script}`,
      dir,
    ]).toString();

  it.skipIf(!ownDisks)('on a full disk everything says so, nothing recorded is lost, and with room it goes on', () => {
    const report: DiskReport = JSON.parse(
      onDisk('size=3m', `exec "${process.execPath}" ${compiled('test/store/disk-child.ts').join(' ')} "$0"`),
    );
    const full = 'The disk that holds DIR is full. Make room on it; nothing that was recorded is lost.';
    expect(report).toMatchObject({ open: full, insert: full, blob: full, afterRoomWasMade: true, blobBefore: true });
    expect(report.recorded).toBeGreaterThan(10);
    expect(report.kept).toBe(report.recorded);
  });

  it.skipIf(!ownDisks)('a disk that may only be read is said to be so', () => {
    const run = (at: string) => `"${process.execPath}" ${compiled('test/store/open-child.ts').join(' ')} ${at}`;
    const said = onDisk('size=2m', `mount -o remount,ro "$0" && ${run('"$0"')} && ${run('"$0/below"')}`);
    const sentence = 'cannot be created or written. Allow this user to, or set another DATA_DIR.';
    expect(said.replaceAll(dir, 'DIR').trim().split('\n')).toEqual([
      `StoreUnavailable: DIR ${sentence}`,
      `StoreUnavailable: DIR/below ${sentence}`,
    ]);
  });

  /** A process that works on the folder. `said`: it has it open; `lines`: what it said by the time it was killed. */
  function child(...work: string[]) {
    const args = [...compiled('test/store/crash-child.ts'), dir, ...work];
    const running = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines: Said[] = [];
    const reader = createInterface({ input: running.stdout });
    const said = new Promise<void>((resolve) => reader.once('line', () => resolve()));
    reader.on('line', (line) => lines.push(JSON.parse(line)));
    const ended = new Promise<void>((resolve) => reader.once('close', resolve));
    const kill = async () => {
      running.kill('SIGKILL');
      await ended;
    };
    return { said, kill, lines };
  }
});
