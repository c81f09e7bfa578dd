import type { Count, CountFor } from '../count.ts';
import { keyIfAny } from '../keys.ts';
import { NOTHING, sumSchema } from '../spend.ts';
import type { SqliteDb } from './db.ts';
import { whose } from './row.ts';
import { spendSince } from './spend.ts';
import { waitingSql } from './sql.ts';

/** What a day's limits count. Nothing comes between the two questions, for this process has the file to itself. */
export const createCount =
  (db: SqliteDb) =>
  async ({ spent: { provider, person, chat }, waiting, since }: CountFor): Promise<Count> => {
    const attempts = { provider: keyIfAny(provider), person: keyIfAny(person), chat: keyIfAny(chat) };
    const tasks = whose(waiting);
    const [spent = NOTHING] = db.rows(sumSchema, spendSince(attempts), { instant: since, ...attempts });
    const [waits = NOTHING] = db.rows(sumSchema, waitingSql(tasks), tasks);
    return { spent, waiting: waits, isSure: true };
  };
