import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pino from 'pino';
import { openStore } from '../../src/store/open.ts';
import { LEASE_MS } from '../../src/store/tasks.ts';
import { freePort } from '../bench/free-port.ts';
import { type ChildStandIn, spawnStandIn } from '../fakes/child.ts';
import { startMongoServer } from '../helpers/mongo-server.ts';
import type { Crowd, CrowdOptions } from './crowd.ts';
import { createDiscordCrowd } from './crowd-discord.ts';
import { createTelegramCrowd } from './crowd-telegram.ts';
import { createWebCrowd } from './crowd-web.ts';
import { createVictim, type Event, type Victim } from './process.ts';
import { settled } from './settled.ts';
import { judge, type Verdict } from './verdict.ts';

export interface ChaosOptions {
  minutes: number;
  store: 'sqlite' | 'mongo';
  chat?: 'web' | 'discord' | 'telegram';
  tasks: number;
  /** Told what happens, a line each. */
  say?: (line: string) => void;
}

const KEY = 'key_chaos-0123456789abcdef';
const SKEW_MS = 5 * 60_000;
/** Longer than a lease, which another one then takes; and shorter, where there is no other one. */
const PAUSE_MS = { ofSeveral: LEASE_MS + 10_000, ofOne: 15_000 };
/** After the last request, everything must have come to its end by then. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Real processes of the unmodified program, a service that counts what it is paid, people who ask until they are heard,
 * and accidents all the while. Ends when every task has come to its end.
 */
export async function runChaos(options: ChaosOptions): Promise<Verdict> {
  const { minutes, tasks, chat = 'web', say = () => {} } = options;
  const dir = await mkdtemp(join(tmpdir(), 'kinora-chaos-'));
  const service = await spawnStandIn({
    kind: 'aivideoapi',
    options: { keys: { [KEY]: 1_000_000 }, schedule: { ms: [500, 4_000] } },
  });
  const database = await openDatabase(options.store, dir);
  const events: Event[] = [];
  const output: string[] = [];
  const crowd = await CROWDS[chat]({ tasks, overMs: minutes * 60_000 * 0.8 });
  const victims = await hire({ ...database, service, crowd, dir, events, output });
  const accidents = new AbortController();
  try {
    await Promise.all(victims.map((victim) => victim.start()));
    const gateways = victims.filter(({ name }) => name.startsWith('gateway')).map(({ url }) => url);
    const harm = Promise.all([
      killAtRandom(victims, accidents.signal, say),
      ...(database.restart ? [restartTwice(database.restart, minutes, accidents.signal, say)] : []),
      pauseOne(victims, minutes, accidents.signal, say),
    ]);
    await Promise.all([crowd.ask(gateways), delay(minutes * 60_000)]);
    accidents.abort();
    await harm;
    say('the accidents are over');
    await settled(gateways[0] ?? '', PATIENCE_MS);
    const shown = await crowd.look(gateways);
    const clips = new Map([...shown].map(([scene, clips]) => [scene, clips.length]));
    const seen = { scenes: crowd.scenes, heard: crowd.heard(), clips };
    await Promise.all(victims.map((victim) => victim.stop()));
    const store = await openStore(database.config, pino({ level: 'silent' }));
    try {
      const verdict = await judge(store, await service.report(), seen, events);
      return { ...verdict, strayLines: crowd.strayLines() };
    } finally {
      await store.close();
    }
  } finally {
    accidents.abort();
    await Promise.all(victims.map((victim) => victim.kill()));
    await Promise.all([service.close(), database.close(), crowd.close()]);
    await rm(dir, { recursive: true, force: true });
  }
}

const CROWDS: Record<NonNullable<ChaosOptions['chat']>, (options: CrowdOptions) => Crowd | Promise<Crowd>> = {
  web: createWebCrowd,
  discord: createDiscordCrowd,
  telegram: createTelegramCrowd,
};

interface Database {
  config: { dataDir: string; mongoUrl?: string };
  /** Kills and restarts the server, where there is one. */
  restart?: () => Promise<void>;
  close(): Promise<void>;
}

async function openDatabase(kind: ChaosOptions['store'], dir: string): Promise<Database> {
  if (kind === 'sqlite') return { config: { dataDir: join(dir, 'data') }, close: async () => {} };
  const server = await startMongoServer();
  return {
    config: { dataDir: join(dir, 'data'), mongoUrl: server.url.replace('/?', '/kinora?') },
    async restart() {
      await server.kill();
      await server.start();
    },
    close: () => server.close(),
  };
}

/** The processes: one on SQLite; two gateways and three workers on MongoDB, of which one has a clock that is off. */
async function hire(deps: {
  config: Database['config'];
  service: ChildStandIn;
  crowd: Crowd;
  dir: string;
  events: Event[];
  output: string[];
}): Promise<Victim[]> {
  const { config, service, crowd, dir, events, output } = deps;
  const names =
    config.mongoUrl === undefined
      ? ['gateway and worker']
      : ['gateway 1', 'gateway 2', 'worker 1', 'worker 2', 'worker 3'];
  return Promise.all(
    names.map(async (name, n) => {
      const isOff = name === 'worker 3';
      return createVictim({
        name,
        events,
        output,
        port: await freePort(),
        ...(isOff ? { imports: ['./dist/test/helpers/skewed-clock.js'] } : {}),
        env: {
          API_KEYS: KEY,
          AIVIDEOAPI_URL: service.url,
          GEN4_CONCURRENCY: '20',
          ALLOW: '*',
          // A few people ask for all of it.
          MAX_WAITING_PER_PERSON: '1000',
          ...crowd.settings,
          DATA_DIR: config.mongoUrl === undefined ? config.dataDir : join(dir, `data ${n}`),
          ...(config.mongoUrl === undefined ? {} : { MONGO_URL: config.mongoUrl, ROLE: name.split(' ')[0] ?? '' }),
          ...(isOff ? { CLOCK_SKEW_MS: String(SKEW_MS) } : {}),
        },
      });
    }),
  );
}

async function killAtRandom(victims: Victim[], signal: AbortSignal, say: (line: string) => void): Promise<void> {
  const starts: Promise<void>[] = [];
  for (;;) {
    await nap(2_000 + Math.random() * 2_000, signal);
    if (signal.aborted) return void (await Promise.all(starts));
    const standing = victims.filter((victim) => victim.isUp() && !paused.has(victim));
    const victim = standing[Math.floor(Math.random() * standing.length)];
    if (!victim) continue;
    await victim.kill();
    say(`killed ${victim.name}`);
    // The database may be away just then; whoever supervises the process starts it again and again.
    starts.push(startUntilUp(victim));
  }
}

async function startUntilUp(victim: Victim): Promise<void> {
  while (!victim.isUp()) await victim.start().catch(() => delay(500));
}

async function restartTwice(
  restart: () => Promise<void>,
  minutes: number,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  for (let times = 0; times < 2; times++) {
    await nap((minutes * 60_000) / 3, signal);
    if (signal.aborted) return;
    await restart();
    say('the database was killed and started again');
  }
}

const paused = new WeakSet<Victim>();

/** One of several, so that the others see its leases run out. */
async function pauseOne(
  victims: Victim[],
  minutes: number,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  await nap((minutes * 60_000) / 4, signal);
  let victim: Victim | undefined;
  while (!victim && !signal.aborted) {
    await nap(50, signal);
    victim = victims.findLast((each) => each.isUp());
  }
  if (!victim || signal.aborted) return;
  paused.add(victim);
  victim.pause();
  say(`${victim.name} stands still`);
  // Also where the accidents end before it: a paused process would never end in order.
  await nap(victims.length > 1 ? PAUSE_MS.ofSeveral : PAUSE_MS.ofOne, signal);
  victim.resume();
  paused.delete(victim);
  say(`${victim.name} goes on`);
}

const nap = (ms: number, signal: AbortSignal): Promise<unknown> => delay(ms, undefined, { signal }).catch(() => {});
