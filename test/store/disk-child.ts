/** Run on a disk of its own, three megabytes large: fills it, makes room again, and says what the store said. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { StoreUnavailable } from '../../src/store/store.ts';
import { systemClock } from '../../src/util/clock.ts';
import { newTask } from '../contract/store/tools.ts';

export interface DiskReport {
  open: string;
  insert: string;
  blob: string;
  recorded: number;
  kept: number;
  afterRoomWasMade: boolean;
  blobBefore: boolean;
}

const [disk = ''] = process.argv.slice(2);
const dir = join(disk, 'data');
const ballast = join(disk, 'ballast');

/** What the call threw, as a person would read it. */
async function told(call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
    return 'nothing';
  } catch (error) {
    return error instanceof StoreUnavailable ? error.message.replaceAll(dir, 'DIR') : `not plain: ${error}`;
  }
}

/** Takes so many bytes of the disk, or all there are. */
async function fill(bytes: number): Promise<void> {
  await writeFile(ballast, Buffer.alloc(bytes)).catch(() => {});
}

await fill(8_000_000);
const open = await told(() => openSqliteStore({ dir, clock: systemClock }));
await rm(ballast);
const store = await openSqliteStore({ dir, clock: systemClock });
const owner = newTask(systemClock);
await store.tasks.insert(owner);
await store.blobs.write(owner.id, 'clip', [Buffer.from('before')], { maxBytes: 100 });

const recorded: string[] = [owner.id];
const insertUntilFull = async () => {
  for (;;) {
    const { task } = await store.tasks.insert(newTask(systemClock, { scene: 'waves '.repeat(100) }));
    recorded.push(task.id);
  }
};
await fill(1_500_000);
const insert = await told(insertUntilFull);
const blob = await told(() => store.blobs.write(owner.id, 'clip', [Buffer.alloc(500_000)], { maxBytes: 1e9 }));
const blobBefore = (await store.blobs.stat(owner.id, 'clip'))?.bytes === 6;
await rm(ballast);
const more = await store.tasks.insert(newTask(systemClock));
recorded.push(more.task.id);
await store.close();

const again = await openSqliteStore({ dir, clock: systemClock });
let kept = 0;
for (const id of recorded) if (await again.tasks.get(id)) kept++;
const report: DiskReport = {
  open,
  insert,
  blob,
  recorded: recorded.length,
  kept,
  afterRoomWasMade: more.created,
  blobBefore,
};
process.stdout.write(JSON.stringify(report));
