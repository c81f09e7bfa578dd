import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { systemClock } from '../../src/ops/clock.ts';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Store } from '../../src/store/store.ts';
import type { Task, TaskState } from '../../src/task/task.ts';
import { known, newTask } from '../contract/store/tools.ts';
import { atMost, type Bench, median, told } from './bench.ts';

const LIVES = 400;
const ROUNDS = 400;
const WARM_UP = 50;
const FEW = 1_000;
const MANY = 100_000;
const OWNER = 'bench';
const HOUR_MS = 60 * 60 * 1000;

/** What the record costs a task, on this disk, each write durable; and whether a backlog makes it dearer. */
export const store: Bench = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const lives = await timeLives(join(dir, 'lives'));
    const [few, many] = [await withBacklog(join(dir, 'few'), FEW), await withBacklog(join(dir, 'many'), MANY)];
    const due = await timeInTurn(few, many, claimDueAndSave);
    const start = await timeInTurn(few, many, claimStartAndSave);
    await few.close();
    await many.close();
    return [
      told('a life (insert, claim, 5 saves, finish), p50', percentile(lives, 0.5), 'ms'),
      told('a life, p99', percentile(lives, 0.99), 'ms'),
      told(`claim what is due + save, ${FEW} waiting`, median(due.few), 'ms'),
      told(`claim what is due + save, ${MANY} waiting`, median(due.many), 'ms'),
      atMost(1.2, `claim what is due + save, ${MANY} / ${FEW}`, median(due.many) / median(due.few), '×'),
      told(`start the next + save, ${FEW} waiting`, median(start.few), 'ms'),
      told(`start the next + save, ${MANY} waiting`, median(start.many), 'ms'),
      atMost(1.2, `start the next + save, ${MANY} / ${FEW}`, median(start.many) / median(start.few), '×'),
    ];
  } finally {
    await rm(dir, { recursive: true });
  }
};

const STATES_OF_A_LIFE: TaskState[] = ['queued', 'submitting', 'rendering', 'ready', 'delivering'];

async function timeLives(dir: string): Promise<number[]> {
  const store = await openSqliteStore({ dir, clock: systemClock });
  const times: number[] = [];
  for (let life = -WARM_UP; life < LIVES; life++) {
    const ms = await timed(async () => {
      await store.tasks.insert(newTask(systemClock));
      let [task] = await store.tasks.claimDue(OWNER, 1);
      for (const state of STATES_OF_A_LIFE)
        task = await store.tasks.save({ ...known(task), state }, { owner: OWNER, hold: true });
      known(await store.tasks.save({ ...known(task), state: 'delivered' }, { owner: OWNER }));
    });
    if (life >= 0) times.push(ms);
  }
  await store.close();
  return times;
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
  ).run({ id, count: count - 1, now, due: ROUNDS + WARM_UP });
  db.close();
}

/** As often on each of the two, turn and turn about, so that a disturbance meets both. */
async function timeInTurn(few: Store, many: Store, work: (store: Store) => Promise<() => Promise<unknown>>) {
  const times = { few: [] as number[], many: [] as number[] };
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const order = round % 2 === 0 ? (['few', 'many'] as const) : (['many', 'few'] as const);
    for (const which of order) {
      const store = which === 'few' ? few : many;
      let after = async (): Promise<unknown> => undefined;
      const ms = await timed(async () => {
        after = await work(store);
      });
      await after();
      if (round >= 0) times[which].push(ms);
    }
  }
  return times;
}

/** One waiting task's card is looked after. */
async function claimDueAndSave({ tasks, now }: Store): Promise<() => Promise<void>> {
  const [task] = await tasks.claimDue(OWNER, 1);
  known(await tasks.save(known(task), { owner: OWNER, dueAt: now() + HOUR_MS }));
  return async () => {};
}

/** One waiting task is started; it leaves the queue afterwards, unmeasured, and another comes. */
async function claimStartAndSave({ tasks }: Store): Promise<() => Promise<Task | undefined>> {
  const task = known(await tasks.claimStart(OWNER, 'bench', 4));
  const started = await tasks.save({ ...task, state: 'submitting' }, { owner: OWNER, hold: true });
  return () => tasks.save({ ...known(started), state: 'delivered' }, { owner: OWNER });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function percentile(values: number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
