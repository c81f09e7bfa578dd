import type { Store } from '../../../src/store/store.ts';
import type { Task, TaskState } from '../../../src/task/task.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { known, newTask } from '../../contract/store/tools.ts';
import { atMost, median, type Result, told } from '../bench.ts';

const LIVES = 400;
const ROUNDS = 400;
const WARM_UP = 50;
export const FEW = 1_000;
export const MANY = 100_000;
/** So many of those that wait must be due for their cards. */
export const DUE = ROUNDS + WARM_UP;
export const OWNER = 'bench';
const HOUR_MS = 60 * 60 * 1000;

/** What the record costs a task, each write durable. */
export async function ofLives(where: string, store: Store): Promise<Result[]> {
  const lives = await timeLives(store);
  return [
    told(`${where}: a life (insert, claim, 5 saves, finish), p50`, percentile(lives, 0.5), 'ms'),
    told(`${where}: a life, p99`, percentile(lives, 0.99), 'ms'),
  ];
}

/** Whether a backlog makes it dearer. */
export async function ofBacklog(where: string, few: Store, many: Store): Promise<Result[]> {
  const due = await timeInTurn(few, many, claimDueAndSave);
  const start = await timeInTurn(few, many, claimStartAndSave);
  return [
    told(`${where}: claim what is due + save, ${FEW} waiting`, median(due.few), 'ms'),
    told(`${where}: claim what is due + save, ${MANY} waiting`, median(due.many), 'ms'),
    atMost(1.2, `${where}: claim what is due + save, ${MANY} / ${FEW}`, median(due.many) / median(due.few), '×'),
    told(`${where}: start the next + save, ${FEW} waiting`, median(start.few), 'ms'),
    told(`${where}: start the next + save, ${MANY} waiting`, median(start.many), 'ms'),
    atMost(1.2, `${where}: start the next + save, ${MANY} / ${FEW}`, median(start.many) / median(start.few), '×'),
  ];
}

const STATES_OF_A_LIFE: TaskState[] = ['queued', 'submitting', 'rendering', 'ready', 'delivering'];

async function timeLives(store: Store): Promise<number[]> {
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
  return times;
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
