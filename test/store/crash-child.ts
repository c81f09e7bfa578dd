/** Works on a store until it is killed; says on its standard output what is on record by then. */

import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/util/clock.ts';
import { newTask } from '../contract/store/tools.ts';

const OWNER = 'the process that dies';

export type Said = { open: true } | { task: string } | { blob: string; sha256: string };
const say = (said: Said): void => void process.stdout.write(`${JSON.stringify(said)}\n`);

/** Tasks are recorded, claimed and never saved. */
async function insertTasks(store: Store): Promise<void> {
  for (let i = 0; ; i++) {
    const { task } = await store.tasks.insert(newTask(systemClock, { requestKey: `${process.pid}:${i}` }));
    say({ task: task.id });
    await store.tasks.claimDue(OWNER, 1);
  }
}

/** The same few blobs are replaced again and again, each time with other bytes, small pieces at a time. */
async function replaceBlobs(store: Store, task: string): Promise<void> {
  async function* bytes(seed: number) {
    for (let i = 0; i < 1 + (seed % 12); i++) yield Buffer.alloc(40_000, seed + i);
  }
  const writer = async (name: string) => {
    for (let i = 0; ; i++) {
      const { sha256 } = await store.blobs.write(task, name, bytes(i), { maxBytes: 1e9 });
      say({ blob: name, sha256 });
    }
  };
  await Promise.all(['upload', 'picture', 'clip'].map(writer));
}

const [dir = '', work, task = ''] = process.argv.slice(2);
const store = await openSqliteStore({ dir, clock: systemClock });
say({ open: true });
if (work === 'tasks') await insertTasks(store);
if (work === 'blobs') await replaceBlobs(store, task);
if (work === 'hold') setInterval(() => {}, 1000);
