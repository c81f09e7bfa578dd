import { SqliteError } from 'libsql';
import Database from 'libsql/promise';
import { z } from 'zod';
import { guarded, unavailable } from './errors.ts';

const foundSchema = z.array(z.object({ quick_check: z.string() }));
const INTERRUPTED = 'SQLITE_INTERRUPT';

/**
 * Looks through the pages of a record that nobody has open, beside the event loop and for so long at most: some 200 MB a
 * second. Throws `StoreUnavailable` where they are damaged, and has changed nothing then. False: the time was up.
 */
export async function quickCheck(file: string, dir: string, maxMs: number): Promise<boolean> {
  return await guarded(dir, async () => {
    const database = new Database(file, {});
    const all = async (sql: string): Promise<unknown> => (await database.prepare(sql)).all();
    // Again and again: an interrupt that comes before the statement has begun is lost.
    const timer = setInterval(() => database.interrupt(), maxMs);
    let isWhole = true;
    try {
      const [first] = foundSchema.parse(await all('PRAGMA quick_check(1)'));
      if (first?.quick_check !== 'ok') throw unavailable('damaged', dir, new Error(first?.quick_check));
    } catch (error) {
      if (!(error instanceof SqliteError && error.code === INTERRUPTED)) throw error;
      isWhole = false;
    } finally {
      clearInterval(timer);
    }
    // The driver lets go of the file only when the statement is collected; see `release`. A log that a crash left is
    // written to the file by this, whatever of it the disk had not taken.
    await all('PRAGMA journal_mode = DELETE');
    database.close();
    return isWhole;
  });
}
