import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pino from 'pino';
import { openStore } from '../../src/store/open.ts';
import { spawnStandIn } from '../fakes/child.ts';
import { startMongoServer } from '../helpers/mongo-server.ts';
import { startS3Server } from '../helpers/s3-server.ts';
import { harmAll } from './accidents.ts';
import type { Crowd, CrowdOptions } from './crowd.ts';
import { createDiscordCrowd } from './crowd-discord.ts';
import { createTelegramCrowd } from './crowd-telegram.ts';
import { createWebCrowd } from './crowd-web.ts';
import { mountDisk } from './disk.ts';
import { hire } from './hire.ts';
import { createHostilePictures, isHostile } from './hostile.ts';
import type { Event } from './process.ts';
import { settled } from './settled.ts';
import { judge, type Verdict } from './verdict.ts';

export interface ChaosOptions {
  minutes: number;
  store: 'sqlite' | 'mongo';
  /** Where pictures and clips are; absent: with the record. */
  blobs?: 's3';
  chat?: 'web' | 'discord' | 'telegram';
  tasks: number;
  /** What all of them together may cost a day; each is one credit. */
  budget?: number;
  /** Told what happens, a line each. */
  say?: (line: string) => void;
}

const KEY = 'key_chaos-0123456789abcdef';
/** After the last request, everything must have come to its end by then. */
const PATIENCE_MS = 8 * 60_000;

/**
 * Real processes of the unmodified program, a service that counts what it is paid, people who ask until they are heard,
 * and accidents all the while. Ends when every task has come to its end.
 */
export async function runChaos(options: ChaosOptions): Promise<Verdict> {
  const { minutes, tasks, budget, chat = 'web', say = () => {} } = options;
  const dir = await mkdtemp(join(tmpdir(), 'kinora-chaos-'));
  const service = await spawnStandIn({
    kind: 'aivideoapi',
    options: { keys: { [KEY]: 1_000_000 }, schedule: { ms: [500, 4_000] } },
  });
  const database = options.store === 'mongo' ? await startMongoServer() : undefined;
  const storage = options.blobs === 's3' ? await startS3Server() : undefined;
  const mongoUrl = database?.url.replace('/?', '/kinora?');
  const disk = await mountDisk(join(dir, 'disk'));
  if (!disk) say('no disk can be mounted here: none is full');
  const events: Event[] = [];
  const picture = await createHostilePictures();
  const crowd = await CROWDS[chat]({ tasks, overMs: minutes * 60_000 * 0.8, picture });
  const env = {
    API_KEYS: KEY,
    AIVIDEOAPI_URL: service.url,
    GEN4_CONCURRENCY: '20',
    ALLOW: '*',
    // A few people ask for all of it.
    MAX_WAITING_PER_PERSON: '1000',
    MAX_WAITING_PER_CHAT: '1000',
    ...(budget === undefined ? {} : { DAILY_BUDGET: String(budget) }),
    ...crowd.settings,
    ...storage?.settings,
  };
  const victims = await hire({ mongoUrl, disk: join(dir, 'disk'), dir, env, events });
  const accidents = new AbortController();
  try {
    await Promise.all(victims.map((victim) => victim.start()));
    const gateways = victims.filter(({ name }) => name.startsWith('gateway')).map(({ url }) => url);
    const restartDatabase =
      database &&
      (async () => {
        await database.kill();
        await database.start();
      });
    const harm = harmAll({ victims, restartDatabase, storage, disk }, minutes * 60_000, accidents.signal, say);
    await Promise.all([crowd.ask(gateways), delay(minutes * 60_000)]);
    accidents.abort();
    await harm;
    say('the accidents are over');
    await settled(gateways[0] ?? '', PATIENCE_MS);
    const shown = await crowd.look(gateways);
    const clips = new Map([...shown].map(([scene, clips]) => [scene, clips.length]));
    const hostile = new Set(crowd.scenes.filter((_scene, n) => isHostile(n)));
    const seen = { scenes: crowd.scenes, heard: crowd.heard(), hostile, clips };
    await Promise.all(victims.map((victim) => victim.stop()));
    const store = await openStore(
      { dataDir: join(dir, 'disk', 'data'), mongoUrl, bucket: storage?.bucket },
      pino({ level: 'silent' }),
    );
    try {
      const verdict = await judge({ store, report: await service.report(), seen, events, budget });
      return { ...verdict, strayLines: crowd.strayLines() };
    } finally {
      await store.close();
    }
  } finally {
    accidents.abort();
    await Promise.all(victims.map((victim) => victim.stop()));
    await Promise.all([service.close(), database?.close(), storage?.close(), crowd.close(), disk?.close()]);
    await rm(dir, { recursive: true, force: true });
  }
}

const CROWDS: Record<NonNullable<ChaosOptions['chat']>, (options: CrowdOptions) => Crowd | Promise<Crowd>> = {
  web: createWebCrowd,
  discord: createDiscordCrowd,
  telegram: createTelegramCrowd,
};
