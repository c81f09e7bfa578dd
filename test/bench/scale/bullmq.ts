import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, type Job, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { systemClock } from '../../../src/util/clock.ts';
import { newTask } from '../../contract/store/tools.ts';
import { programOnPath } from '../../helpers/program-on-path.ts';
import { createServerProcess } from '../../helpers/server-process.ts';
import { freePort } from '../free-port.ts';
import { createFlow, type Load } from '../store/flow.ts';
import { person, RUNNING, STEPS } from '../store/steps.ts';

const NEXT = new Map<string, string | undefined>(STEPS.map((step, k) => [step, STEPS[k + 1]]));

/** A Redis that has each write on its disk before it answers, as the MongoDB beside it does. Undefined: there is none here. */
export async function startRedis() {
  const program = programOnPath(['redis-server']);
  if (!program) return undefined;
  const dir = await mkdtemp(join(tmpdir(), 'kinora-redis-'));
  const port = await freePort();
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', dir, ...durable];
  const server = createServerProcess({ program, args, dir, greet: () => ping(port) });
  await server.start();
  return { port, pid: server.pid, close: server.close };
}

async function ping(port: number): Promise<void> {
  const redis = new Redis({ port, lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => {});
  try {
    await redis.connect();
    await redis.ping();
  } finally {
    redis.disconnect();
  }
}

/**
 * Steps a second of BullMQ: as with agenda each durable step is a job that adds the next one, with the task in its data.
 * Finished jobs are removed, and as many run at once.
 */
export async function stepsByBullmq(port: number, load: Load): Promise<number> {
  const connection: ConnectionOptions = { host: '127.0.0.1', port, maxRetriesPerRequest: null };
  const queue = new Queue('steps', { connection, defaultJobOptions: { removeOnComplete: true } });
  const flow = createFlow(load, (n) => queue.add(STEPS[0], { task: newTask(systemClock, { requester: person(n) }) }));
  const work = async ({ name, data }: Job) => {
    const next = NEXT.get(name);
    if (next) await queue.add(next, data);
    else flow.ended();
  };
  const worker = new Worker('steps', work, { connection, concurrency: RUNNING });
  worker.on('error', flow.fail);
  worker.on('failed', (_job, error) => flow.fail(error));
  try {
    const seconds = await flow.run();
    return (load.tasks * STEPS.length) / seconds;
  } finally {
    await worker.close();
    await queue.close();
  }
}
