import { openMongoStore } from '../../../src/store/mongo/open.ts';
import { type Result, told } from '../bench.ts';
import { stepsByAgenda } from '../store/agenda.ts';
import { RUNNING, STEPS } from '../store/steps.ts';
import type { Where } from '../store/where.ts';
import { stepsByStore } from '../store/worker.ts';
import { startRedis, stepsByBullmq } from './bullmq.ts';
import { processorTime } from './processor-time.ts';

const LOAD = { tasks: 200, atOnce: 2 * RUNNING };
/** The best of those that `bench -- store` tries, on most machines. */
const AGENDA_POLLS_MS = 20;

/**
 * Steps a second and processor time of a durable step: by the store alone, by agenda and by BullMQ, in the process that
 * does them and in the server. The same stream of tasks, as many at once, and each write on the server's disk. BullMQ's
 * server is Redis, which has all that there is in memory and searches by nothing: so what it can be asked is less.
 */
export async function ofQueues({ name, fresh, pid }: Where): Promise<Result[]> {
  const store = await openMongoStore({ url: fresh() });
  try {
    return [
      ...(await timed(`${name}: store alone`, pid, () => stepsByStore(store, LOAD, RUNNING))),
      ...(await timed(`${name}: agenda`, pid, () => stepsByAgenda(fresh(), LOAD, AGENDA_POLLS_MS))),
      ...(await onRedis()),
    ];
  } finally {
    await store.close();
  }
}

async function onRedis(): Promise<Result[]> {
  const redis = await startRedis();
  if (!redis) {
    console.error('No Redis: put redis-server on the PATH. BullMQ is not measured.');
    return [];
  }
  try {
    return await timed('Redis: BullMQ', redis.pid(), () => stepsByBullmq(redis.port, LOAD));
  } finally {
    await redis.close();
  }
}

async function timed(what: string, server: number | undefined, work: () => Promise<number>): Promise<Result[]> {
  const both = async () => ({ process: process.cpuUsage(), server: await processorTime(server) });
  const before = await both();
  const rate = await work();
  const after = await both();
  const steps = LOAD.tasks * STEPS.length;
  const own = (after.process.user + after.process.system - before.process.user - before.process.system) / 1000;
  return [
    told(`${what}, steps a second`, rate, '/s'),
    told(`${what}, processor time a step, its process`, own / steps, 'ms'),
    told(`${what}, processor time a step, the server`, (after.server - before.server) / steps, 'ms'),
  ];
}
