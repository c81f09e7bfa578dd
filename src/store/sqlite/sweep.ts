import { setImmediate as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Clock } from '../../util/clock.ts';
import { GRACE_MS } from '../blobs.ts';
import type { Objects } from '../objects.ts';
import { pages } from '../pages.ts';
import { spendKeptMs } from '../spend.ts';
import type { SweepHow } from '../store.ts';
import type { BlobFiles } from './blob-files.ts';
import { BLOB_SQL, isOwned, removeBlobs, removeRows } from './blobs.ts';
import type { SqliteDb } from './db.ts';
import { forgetTask } from './forget.ts';
import { KV_SQL } from './kv.ts';
import { idSchema } from './row.ts';
import { TASK_SQL } from './sql.ts';

/** A file comes before its row: no write takes longer than this. */
const WRITE_MS = 24 * 60 * 60 * 1000;
/** Rows looked at or removed at once; other work goes on between. */
const STEP = 200;

const newestSchema = z.object({ newest: z.number().nullable() });
const ownerSchema = z.object({ task: z.string(), newest: z.number() });
type Owner = z.infer<typeof ownerSchema>;

interface SweepDeps {
  db: SqliteDb;
  files: BlobFiles;
  objects?: Objects;
  clock: Clock;
  openedAt: number;
}

/** Removes what nobody owns, and tasks that ended more than `keepMs` ago; in small steps. */
export async function sweep(deps: SweepDeps, { keepMs, isAlone }: SweepHow = {}): Promise<void> {
  const { db, clock, openedAt } = deps;
  if (keepMs !== undefined) {
    // A clock that was wrong when the program started is put right by the machine sooner than by this program's own.
    const now = Math.min(clock.now(), Date.now());
    const before = now - keepMs;
    const [{ newest } = { newest: null }] = db.rows(newestSchema, TASK_SQL.newestEnded);
    const isAll = newest !== null && newest <= before;
    // Everything at once: the machine was off for long, or its clock is wrong, and may soon be put right.
    if (!isAll || clock.now() - openedAt >= GRACE_MS) {
      await forgetEnded(deps, before);
      await removeInSteps(db, FORGET_SPENT, now - spendKeptMs(keepMs));
    }
  }
  await removeInSteps(db, KV_SQL.removeExpired, clock.now());
  await removeBlobsWithoutTask(deps);
  await removeFilesWithoutBlob(deps);
  db.fold();
  if (deps.objects) await removeObjectsWithoutBlob(deps, deps.objects, isAlone ? clock.now() : cutOf(deps));
}

async function forgetEnded(deps: SweepDeps, before: number): Promise<void> {
  const { db } = deps;
  for (;;) {
    const found = db.rows(idSchema, TASK_SQL.ended, { before, limit: STEP });
    for (const { id } of found) {
      // A request or a star may have come since.
      await forgetTask(deps, id, () => db.rows(idSchema, TASK_SQL.removeEnded, { id, before }).length > 0);
      await pause();
    }
    if (found.length < STEP) return;
  }
}

const FORGET_SPENT = `
  DELETE FROM spend WHERE attempt IN (SELECT attempt FROM spend WHERE at <= :before LIMIT :limit)`;

async function removeInSteps(db: SqliteDb, sql: string, before: number): Promise<void> {
  while ((await db.together(() => db.run(sql, { before, limit: STEP }))) >= STEP) await pause();
}

const OWNERS = `
  SELECT task, max(created_at) AS newest FROM blobs WHERE task > :after GROUP BY task ORDER BY task LIMIT ${STEP}`;

async function removeBlobsWithoutTask(deps: SweepDeps): Promise<void> {
  const { db, clock } = deps;
  const page = (last?: Owner): Owner[] => db.rows(ownerSchema, OWNERS, { after: last?.task ?? '' });
  for await (const found of pages(page)) {
    for (const { task, newest } of found)
      if (newest < clock.now() - GRACE_MS)
        await removeBlobs(deps, () => removeRows(db, BLOB_SQL.removeUnowned, { task }));
    await pause();
  }
}

/** What was begun before this process had the record to itself, was begun by one that is dead. */
const cutOf = ({ clock, openedAt }: SweepDeps): number => Math.max(clock.now() - WRITE_MS, openedAt);

async function removeFilesWithoutBlob(deps: SweepDeps): Promise<void> {
  const { db, files } = deps;
  const cut = cutOf(deps);
  let seen = 0;
  for await (const { task, file, begunAt } of files.all()) {
    if (++seen % STEP === 0) await pause();
    if (begunAt < cut && !isOwned(db, file)) await files.remove(task, file);
  }
}

async function removeObjectsWithoutBlob(deps: SweepDeps, objects: Objects, cut: number): Promise<void> {
  for await (const found of objects.sweepable(cut)) {
    await objects.remove(found.filter((file) => !isOwned(deps.db, file)));
    await pause();
  }
}
