import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openMongoStore } from '../../../src/store/mongo/open.ts';
import type { Store } from '../../../src/store/store.ts';
import { spawnStandIn } from '../../fakes/child.ts';
import { isNobodys, startMongoCounter } from '../../fakes/mongo-counter.ts';
import { type RunningBot, startBot } from '../../helpers/bot.ts';
import { tinyPng } from '../../helpers/pictures.ts';
import { ask, newKey } from '../../helpers/web.ts';
import { type Result, told } from '../bench.ts';
import { processorTime } from './processor-time.ts';

const KEY = 'key_scale-0123456789abcdef';
const WORKERS = [1, 2, 4];
const CLIPS = 120;
/** Until connections, the decoder and what is compiled while it runs are warm. */
const WARM_UP = 8;
const COUNTED = 20;
const PATIENCE_MS = 300_000;
/** Rarely: the server's time for it is counted, too. */
const LOOK_MS = 250;
/** Of a person in the web chat: nobody waits for an answer here. */
const MANY = '1000000';

interface Crew {
  parts: Record<string, () => Promise<number>>;
  /** Asks for so many clips at once; resolves when all have ended. */
  make(clips: number): Promise<void>;
}

/** A gateway, so many workers and a service of their own, in a new database, which they may reach `through` something. */
async function withCrew<T>(
  of: { url: string; through?: string; serverPid?: number; workers: number },
  work: (crew: Crew) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-scale-'));
  const picture = await tinyPng();
  const service = await spawnStandIn({
    kind: 'aivideoapi',
    options: { keys: { [KEY]: 100_000 }, schedule: { ms: 300 } },
  });
  const bots: RunningBot[] = [];
  const start = async (role: 'gateway' | 'worker') => {
    const env = {
      ROLE: role,
      MONGO_URL: of.through ?? of.url,
      DATA_DIR: join(dir, String(bots.length)),
      API_KEYS: KEY,
      AIVIDEOAPI_URL: service.url,
      GEN4_CONCURRENCY: '64',
      WEB_REQUESTS_PER_MINUTE: MANY,
      LOG_LEVEL: 'error',
    };
    const bot = await startBot(env);
    bots.push(bot);
    return bot;
  };
  const store = await openMongoStore({ url: of.url });
  try {
    const gateway = await start('gateway');
    const workers: RunningBot[] = [];
    for (let n = 0; n < of.workers; n++) workers.push(await start('worker'));
    const timeOf = async (bots: RunningBot[]) =>
      (await Promise.all(bots.map(({ child }) => processorTime(child.pid)))).reduce((sum, ms) => sum + ms, 0);
    let asked = 0;
    return await work({
      parts: {
        gateway: () => timeOf([gateway]),
        workers: () => timeOf(workers),
        'MongoDB server': () => processorTime(of.serverPid),
        'stand-in of the service': () => processorTime(service.pid),
      },
      async make(clips) {
        const made = await Promise.all(
          Array.from({ length: clips }, () => ask(gateway.url, picture, { key: newKey(), scene: 'slow zoom in' })),
        );
        const refused = made.find(({ status }) => status !== 201);
        if (refused) throw new Error(`the gateway said ${refused.status}: ${await refused.text()}`);
        asked += clips;
        await untilDelivered(store, asked);
      },
    });
  } finally {
    await store.close();
    await Promise.all(bots.map((bot) => bot.stop('SIGKILL')));
    await service.close();
    await rm(dir, { recursive: true, force: true });
  }
}

async function untilDelivered({ tasks }: Store, clips: number): Promise<void> {
  const all = { from: 0, to: Number.MAX_SAFE_INTEGER / 64 };
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await delay(LOOK_MS)) {
    if ((await tasks.recorded({ state: 'failed', ...all })) > 0) throw new Error('a clip failed');
    if ((await tasks.recorded({ state: 'delivered', ...all })) === clips) return;
  }
  throw new Error(`${clips} clips are not delivered within ${PATIENCE_MS / 1000} s`);
}

/**
 * How many clips a minute 1, 2 and 4 worker processes make on one MongoDB, against what one makes, and what each part
 * needs of the processor. All of it runs on this one machine, so that the ratio ends where its cores are all in use; the
 * processor time is what says how many a larger one would make.
 */
export async function ofWorkers(server: { fresh(): string; pid?: number }): Promise<Result[]> {
  const results: Result[] = [];
  let one = Number.NaN;
  for (const workers of WORKERS) {
    const name = `${workers} ${workers === 1 ? 'worker' : 'workers'}`;
    await withCrew({ url: server.fresh(), serverPid: server.pid, workers }, async ({ parts, make }) => {
      await make(WARM_UP * workers);
      const before = await allOf(parts);
      const began = performance.now();
      await make(CLIPS);
      const seconds = (performance.now() - began) / 1000;
      const after = await allOf(parts);
      const rate = (CLIPS / seconds) * 60;
      if (workers === 1) one = rate;
      results.push(told(`${name}: clips a minute`, rate, '/min'));
      if (workers > 1) results.push(told(`${name}: throughput against 1 worker`, rate / one, '×'));
      for (const part of Object.keys(parts))
        results.push(
          told(`${name}: processor time a clip, ${part}`, ((after[part] ?? 0) - (before[part] ?? 0)) / CLIPS, 'ms'),
        );
    });
  }
  return results;
}

const allOf = async (parts: Crew['parts']): Promise<Record<string, number>> =>
  Object.fromEntries(await Promise.all(Object.entries(parts).map(async ([name, of]) => [name, await of()] as const)));

/** Round trips to MongoDB a clip, of gateway and worker together, in a crowd of the web chat; without looks that find nothing. */
export async function ofRoundTrips(server: { fresh(): string }): Promise<Result[]> {
  const url = server.fresh();
  const counter = await startMongoCounter(url);
  try {
    return await withCrew({ url, through: counter.url, workers: 1 }, async ({ make }) => {
      await make(WARM_UP);
      const before = counter.trips.length;
      await make(COUNTED);
      const trips = counter.trips.slice(before).filter((trip) => !isNobodys(trip));
      return [told('round trips to MongoDB a clip, web chat, a crowd', trips.length / COUNTED, '')];
    });
  } finally {
    await counter.close();
  }
}
