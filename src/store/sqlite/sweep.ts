import { setImmediate as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Clock } from '../../util/clock.ts';
import { GRACE_MS } from '../blobs.ts';
import { pages } from '../pages.ts';
import { SPEND_MS } from '../spend.ts';
import type { BlobFiles } from './blob-files.ts';
import { BLOB_SQL, fileSchema } from './blobs.ts';
import type { SqliteDb } from './db.ts';
import { KV_SQL } from './kv.ts';
import { idSchema } from './row.ts';
import { TASK_SQL } from './sql.ts';

/** A file comes before its row: no write takes longer than this. */
const WRITE_MS = 24 * 60 * 60 * 1000;
/** Rows looked at or removed at once; other work goes on between. */
const STEP = 200;

const pageSchema = z.object({ task: z.string(), newest: z.number() });

/** Removes what nobody owns, and tasks that ended more than `keepMs` ago; in small steps. */
export async function sweep(
  { db, files, clock }: { db: SqliteDb; files: BlobFiles; clock: Clock },
  keepMs?: number,
): Promise<void> {
  if (keepMs !== undefined) {
    await forgetEnded(db, files, clock.now() - keepMs);
    await removeInSteps(db, FORGET_SPENT, clock.now() - Math.max(keepMs, SPEND_MS));
  }
  await removeInSteps(db, KV_SQL.removeExpired, clock.now());
  await removeBlobsWithoutTask(db, files, clock);
  await removeFilesWithoutBlob(db, files, clock);
}

async function forgetEnded(db: SqliteDb, files: BlobFiles, before: number): Promise<void> {
  for (;;) {
    const found = db.rows(idSchema, TASK_SQL.ended, { before, limit: STEP });
    for (const { id } of found) {
      const gone = await db.together(() => {
        // A request may have come since.
        const [task] = db.rows(idSchema, TASK_SQL.removeEnded, { id, before });
        return task ? db.rows(fileSchema, BLOB_SQL.removeAll, { task: id }) : [];
      });
      for (const { file } of gone) await files.remove(id, file);
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

async function removeBlobsWithoutTask(db: SqliteDb, files: BlobFiles, clock: Clock): Promise<void> {
  const page = `
    SELECT task, max(created_at) AS newest FROM blobs WHERE task > :after GROUP BY task ORDER BY task LIMIT ${STEP}`;
  type Blobs = z.infer<typeof pageSchema>;
  for await (const found of pages<Blobs>((last) => db.rows(pageSchema, page, { after: last?.task ?? '' }))) {
    for (const { task, newest } of found) {
      if (newest >= clock.now() - GRACE_MS) continue;
      const gone = await db.together(() => db.rows(fileSchema, BLOB_SQL.removeUnowned, { task }));
      for (const { file } of gone) await files.remove(task, file);
    }
    await pause();
  }
}

async function removeFilesWithoutBlob(db: SqliteDb, files: BlobFiles, clock: Clock): Promise<void> {
  let seen = 0;
  for await (const { task, file, begunAt } of files.all()) {
    if (++seen % STEP === 0) await pause();
    if (begunAt >= clock.now() - WRITE_MS) continue;
    if (!db.rows(fileSchema, BLOB_SQL.files, { task }).some((row) => row.file === file)) await files.remove(task, file);
  }
}
