import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import type { Store } from '../../../src/store/store.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { known, newTask } from '../../contract/store/tools.ts';
import type { Result } from '../bench.ts';
import { DUE, FEW, MANY, OWNER, ofBacklog, ofLives } from './claims.ts';

/** SQLite, on this disk. */
export async function onSqlite(): Promise<Result[]> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const store = await openSqliteStore({ dir: join(dir, 'lives'), clock: systemClock });
    const lives = await ofLives('SQLite', store);
    await store.close();
    const [few, many] = [await withBacklog(join(dir, 'few'), FEW), await withBacklog(join(dir, 'many'), MANY)];
    const backlog = await ofBacklog('SQLite', few, many);
    await few.close();
    await many.close();
    return [...lives, ...backlog];
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** A store in which so many queued tasks of a thousand people wait; enough of them are due for their cards. */
async function withBacklog(dir: string, count: number): Promise<Store> {
  const empty = await openSqliteStore({ dir, clock: systemClock });
  const { id } = newTask(systemClock);
  await empty.tasks.insert(
    newTask(systemClock, { id, provider: 'bench', scene: 'waves roll in, slow zoom. '.repeat(8) }),
  );
  const claimed = known((await empty.tasks.claimDue(OWNER, 1))[0]);
  await empty.tasks.save({ ...claimed, state: 'queued' }, { owner: OWNER });
  await empty.close();
  multiply(join(dir, 'kinora.db'), { id, count });
  return openSqliteStore({ dir, clock: systemClock });
}

/** Copies of one waiting task, in one transaction: a hundred thousand durable inserts would take minutes. */
function multiply(file: string, { id, count }: { id: string; count: number }): void {
  const db = new Database(file);
  const now = Date.now();
  db.prepare(
    `WITH RECURSIVE copies (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < :count)
     INSERT INTO tasks (id, request_key, requester, provider, cost, place, state, rank, created_at, due_at, version, asked,
                        fixed, decisions, accepted, sent, requests)
     SELECT printf('%024x', n * 2654435761 % 4294967296), printf('"copy:%d"', n), printf('"person:%d"', n % 1000),
            provider, cost, printf('["bench","%d"]', n % 50), state, n / 1000, :now - :count + n,
            :now + (n * 48271 % :count - :due) * 1000, version, asked, fixed, decisions, accepted, sent, requests
     FROM copies, tasks WHERE id = :id`,
  ).run({ id, count: count - 1, now, due: DUE });
  db.close();
}
