import { openMongoStore } from '../../../src/store/mongo/open.ts';
import type { Store } from '../../../src/store/store.ts';
import { atLeast, median, type Result, told } from '../bench.ts';
import { stepsByAgenda } from './agenda.ts';
import { RUNNING } from './steps.ts';
import type { Where } from './where.ts';
import { stepsByStore, stepsByWorker } from './worker.ts';

const ROUNDS = 3;
const LOAD = { tasks: 200, atOnce: 2 * RUNNING };
/** Agenda's polling intervals that are tried: below, its polls are in its own way, above, its jobs wait for them. */
const INTERVALS_MS = [5, 10, 20, 50];

/**
 * Durable steps a second, as many by each: the worker, the store alone, and agenda. By turns, so that a disturbance
 * meets all, each time in a database of its own; agenda's best interval counts.
 *
 * The goal stands on the store alone, for that does what agenda does: each step is recorded durably, and nothing else.
 * (It claims a task once and holds it from step to step; agenda claims each step, for a job of its own is its only way
 * to record one.) The worker writes as durably what agenda is not asked for: what an attempt costs, the job's id, the
 * messages' ids, and it lets go of tasks that wait. What that comes to is told.
 */
export async function ofSteps({ name, fresh }: Where): Promise<Result[]> {
  const worker: number[] = [];
  const alone: number[] = [];
  const agenda = INTERVALS_MS.map((everyMs) => ({ everyMs, rates: [] as number[] }));
  for (let round = 0; round < ROUNDS; round++) {
    worker.push(await onStore(fresh(), (store) => stepsByWorker(store, LOAD)));
    for (const { everyMs, rates } of agenda) rates.push(await stepsByAgenda(fresh(), LOAD, everyMs));
    alone.push(await onStore(fresh(), (store) => stepsByStore(store, LOAD, RUNNING)));
  }
  const best = agenda.toSorted((a, b) => median(b.rates) - median(a.rates))[0];
  if (!best) throw new Error('no interval was tried');
  const theirs = median(best.rates);
  return [
    told(`${name}: steps a second, worker`, median(worker), '/s'),
    told(`${name}: steps a second, store alone (insert, claim, saves)`, median(alone), '/s'),
    told(`${name}: steps a second, agenda, polling every ${best.everyMs} ms`, theirs, '/s'),
    atLeast(3, `${name}: store alone / agenda`, median(alone) / theirs, '×'),
    told(`${name}: worker / agenda`, median(worker) / theirs, '×'),
  ];
}

async function onStore<T>(url: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openMongoStore({ url });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
