import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import type { Task } from '../../src/task/task.ts';
import { systemClock } from '../../src/util/clock.ts';
import { freePort } from '../bench/free-port.ts';
import { type ChildStandIn, spawnStandIn } from '../fakes/child.ts';
import { spawnBot } from '../helpers/bot.ts';
import { tinyPng } from '../helpers/pictures.ts';
import { ask, type conversation, taskIn } from '../helpers/web.ts';
import { requestIn, secretsIn } from '../providers/support/paid.ts';

/** Clips that a key is good for. */
const KEYS = { 'key_first-0123456789abcdef': 3, 'key_second-fedcba9876543210': 100 };
const PASSWORD = 'long enough for this';

/** Each paid service with its stand-in, what a key of it may spend beside the usual, and the settings that name both. */
export const PAID_SERVICES = {
  aivideoapi: { clipCredits: 1, settings: (url: string, keys: string) => ({ AIVIDEOAPI_URL: url, API_KEYS: keys }) },
  runway: {
    clipCredits: 25,
    settings: (url: string, keys: string) => ({ RUNWAY_URL: url, RUNWAYML_API_SECRET: keys }),
  },
  fal: { clipCredits: 21, settings: (url: string, keys: string) => ({ FAL_URL: url, FAL_KEY: keys }) },
} as const;

interface PaidRun {
  kills: number;
  scenes: number;
  callbacks: boolean;
}

/** A bot with a paid provider that is killed again and again while people ask; a run expects that nothing was lost. */
export function usePaidBot(kind: keyof typeof PAID_SERVICES = 'aivideoapi'): (how: PaidRun) => Promise<void> {
  let dir: string;
  let service: ChildStandIn;
  let url: string;
  let port: number;
  let bot: ReturnType<typeof spawnBot>;
  let output: string[];
  let settings: Record<string, string>;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kinora-paid-'));
    output = [];
    const { clipCredits, settings: settingsFor } = PAID_SERVICES[kind];
    const keys = Object.fromEntries(Object.entries(KEYS).map(([key, clips]) => [key, clips * clipCredits]));
    service = await spawnStandIn({ kind, options: { keys, schedule: { ms: [500, 4_000] } } });
    port = await freePort();
    settings = {
      DATA_DIR: dir,
      PORT: String(port),
      ...settingsFor(service.url, Object.keys(KEYS).join(',')),
      WEB_REQUESTS_PER_MINUTE: '1000',
    };
    url = `http://127.0.0.1:${port}`;
  });
  afterEach(async () => {
    bot.child.kill('SIGKILL');
    await service.close();
    await rm(dir, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    bot = spawnBot(settings);
    void bot.ended.then(({ stdout, stderr }) => output.push(stdout, stderr));
    await bot.url;
  }

  async function killAtRandom(): Promise<void> {
    await delay(200 + Math.random() * 2_300);
    bot.child.kill('SIGKILL');
    await bot.ended;
    await start();
  }

  /** Asks until there is an answer, with one key: as the page does through a restart. */
  async function askThrough(scene: string, picture: Buffer, headers: Record<string, string>): Promise<string> {
    for (;;) {
      try {
        const response = await ask(url, picture, { scene, key: `through-it-all-${scene.replace(' ', '-')}` }, headers);
        if (response.ok) return (await taskIn(response)).taskId;
      } catch {
        // Killed just now: it is asked again.
      }
      await delay(100);
    }
  }

  async function logIn(): Promise<string> {
    const body = new URLSearchParams({ password: PASSWORD });
    const response = await fetch(`${url}/login`, {
      method: 'POST',
      body,
      headers: { origin: url },
      redirect: 'manual',
    });
    return response.headers.get('set-cookie')?.split(';')[0] ?? '';
  }

  async function recorded(): Promise<Task[]> {
    const store = await openSqliteStore({ dir, clock: systemClock });
    try {
      return await store.tasks.conversation({ platform: 'web', chat: 'main' }, { limit: 100 });
    } finally {
      await store.close();
    }
  }

  /** Nothing accepted twice, nothing accepted forgotten; doubt only where the kill fell between the call and its record. */
  async function expectNothingLost(scenes: number): Promise<void> {
    const { accepted } = await service.report();
    const tasks = await recorded();
    expect(tasks).toHaveLength(scenes);
    for (const task of tasks) {
      const jobs = accepted.filter(({ scene }) => scene === task.scene).map(({ id }) => id);
      expect(jobs.length, task.scene).toBeLessThanOrEqual(1);
      if (task.state === 'unconfirmed') continue;
      expect(task.state, JSON.stringify(task.failure)).toBe('delivered');
      expect(Object.values(task.accepted).map(requestIn)).toEqual(jobs);
    }
    expect(secretsIn([...output, await readFile(join(dir, 'kinora.db'), 'latin1')])).toEqual([]);
  }

  async function recordedStates(headers: Record<string, string>): Promise<string[]> {
    const response = await fetch(`${url}/api/conversation`, { headers });
    if (!response.ok) throw new Error(`no conversation: ${response.status}`);
    const { tasks } = (await response.json()) as Awaited<ReturnType<typeof conversation>>;
    return tasks.map(({ state }) => state);
  }

  async function run({ kills, scenes, callbacks }: PaidRun): Promise<void> {
    if (callbacks) Object.assign(settings, { PUBLIC_URL: url, WEB_PASSWORD: PASSWORD });
    await start();
    const headers: Record<string, string> = callbacks ? { cookie: await logIn(), origin: url } : {};
    const picture = await tinyPng();
    const asking = (async () => {
      for (let n = 0; n < scenes; n++) {
        await askThrough(`scene ${n}`, picture, headers);
        await delay(Math.random() * 3_000);
      }
    })();
    for (let n = 0; n < kills; n++) await killAtRandom();
    await asking;
    const open = async () =>
      (await recordedStates(headers)).filter((state) => state !== 'unconfirmed' && state !== 'delivered');
    while ((await open()).length > 0) await delay(250);
    bot.child.kill('SIGTERM');
    await bot.ended;
    await expectNothingLost(scenes);
    const { callbacks: made } = await service.report();
    expect(made.length > 0).toBe(callbacks);
  }

  return run;
}
