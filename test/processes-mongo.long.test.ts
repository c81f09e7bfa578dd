import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAdmission } from '../commands/admission.ts';
import { animate } from '../commands/animate.ts';
import { openMongoStore } from '../src/store/mongo/open.ts';
import { openSqliteStore } from '../src/store/sqlite/open.ts';
import { systemClock } from '../src/util/clock.ts';
import { newTask } from './contract/store/tools.ts';
import { type ChildStandIn, spawnStandIn } from './fakes/child.ts';
import { type Ended, type RunningBot, spawnBot, startBot } from './helpers/bot.ts';
import { compiled } from './helpers/compiled.ts';
import { mongoUrl, noMongo } from './helpers/mongo.ts';
import { tinyPng } from './helpers/pictures.ts';
import { scriptedProvider } from './helpers/rig.ts';
import { ask, conversation, openLive, taskIn } from './helpers/web.ts';

const KEY = 'key_processes-0123456789abcdef';

let dir: string;
let url: string;
let service: ChildStandIn;
let bots: RunningBot[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-processes-'));
  url = mongoUrl();
  bots = [];
  service = await spawnStandIn({ kind: 'aivideoapi', options: { keys: { [KEY]: 100 }, schedule: { ms: [300, 600] } } });
});
afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.stop()));
  await service.close();
  await rm(dir, { recursive: true, force: true });
});

const settings = (n: number): Record<string, string> => ({
  MONGO_URL: url,
  DATA_DIR: join(dir, String(n)),
  API_KEYS: KEY,
  AIVIDEOAPI_URL: service.url,
});

let started = 0;
async function start(role: 'all' | 'gateway' | 'worker', more: Record<string, string> = {}): Promise<RunningBot> {
  const bot = await startBot({ ...settings(started++), ROLE: role, ...more });
  bots.push(bot);
  return bot;
}

describe.skipIf(noMongo)('several processes on one database', () => {
  test('are one bot: asked at one gateway and at another, made by a worker, seen on both', async () => {
    const [one, two] = [await start('gateway'), await start('gateway')];
    await start('worker');
    const [here, there] = [await openLive(one.url), await openLive(two.url)];
    const picture = await tinyPng();
    const query = { key: 'the-same-key-twice', scene: 'waves' };
    const [first, second] = await Promise.all([ask(one.url, picture, query), ask(two.url, picture, query)]);
    const { taskId } = await taskIn(first);
    expect((await taskIn(second)).taskId).toBe(taskId);
    const seen = await Promise.all([here.untilState(taskId, 'delivered'), there.untilState(taskId, 'delivered')]);
    for (const [n, gateway] of [one, two].entries()) {
      const clip = await fetch(`${gateway.url}${seen[n]?.clip?.url}`);
      expect(clip.status).toBe(200);
      expect((await clip.arrayBuffer()).byteLength).toBe(seen[n]?.clip?.bytes);
      expect((await conversation(gateway.url)).tasks).toHaveLength(1);
    }
    expect((await service.report()).accepted).toHaveLength(1);
    // Deleted at one, gone at the other.
    await fetch(`${one.url}/api/tasks/${taskId}/delete`, { method: 'POST', headers: { origin: one.url } });
    await there.until((event) => event.event === 'gone' && event.data.taskId === taskId);
    here.close();
    there.close();
  });

  test('what was asked and taken back while no worker was there is found by the one that comes', async () => {
    const gateway = await start('gateway');
    const live = await openLive(gateway.url);
    const { taskId } = await taskIn(await ask(gateway.url, await tinyPng(), { scene: 'taken back' }));
    const wanted = await taskIn(await ask(gateway.url, await tinyPng(), { scene: 'wanted' }));
    const cancelled = await fetch(`${gateway.url}/api/tasks/${taskId}/cancel`, {
      method: 'POST',
      headers: { origin: gateway.url },
    });
    expect(cancelled.status).toBe(200);
    await start('worker');
    await live.untilState(taskId, 'cancelled');
    await live.untilState(wanted.taskId, 'delivered');
    expect((await service.report()).accepted.map(({ scene }) => scene)).toEqual(['wanted']);
    live.close();
  });

  test('ask for the password once, whichever gateway a browser comes to', async () => {
    const password = { WEB_PASSWORD: 'a long password' };
    const [one, two] = await Promise.all([start('gateway', password), start('gateway', password)]);
    const login = await fetch(`${one.url}/login`, {
      ...{ method: 'POST', redirect: 'manual', headers: { origin: one.url } },
      body: new URLSearchParams({ password: password.WEB_PASSWORD }),
    });
    const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
    for (const { url } of [one, two])
      expect((await fetch(`${url}/api/conversation`, { headers: { cookie } })).status).toBe(200);
    expect((await fetch(`${two.url}/api/conversation`)).status).toBe(401);
  });

  test('a worker has no web chat, and says where there is one', async () => {
    const worker = await start('worker');
    const response = await fetch(worker.url);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('ROLE=gateway');
    expect((await fetch(`${worker.url}/readyz`)).status).toBe(200);
  });

  test('overshoot a budget by at most the number of processes less one', async () => {
    const stores = await Promise.all(Array.from({ length: 3 }, () => openMongoStore({ url })));
    const provider = scriptedProvider();
    const limits = { allow: ['*'], dailyBudget: 5 };
    const processes = stores.map((store) => ({
      store,
      admission: createAdmission({ store, providers: [provider], limits }),
    }));
    const picture = await tinyPng();
    const asked = Array.from({ length: 30 }, (_, n) => {
      const { store, admission } = processes[n % 3] ?? { ...processes[0] };
      if (!store || !admission) throw new Error('no process');
      return animate(
        {
          ...{ requestKey: `test:${n}`, requester: { id: `test:${n}`, name: 'Anna' }, locale: 'en' },
          ...{ place: { platform: 'test', chat: 'room' }, scene: 'waves', options: {}, picture },
        },
        { store, admission, provider, defaultFit: 'crop' },
      );
    });
    const taken = (await Promise.all(asked)).filter((reply) => reply.type === 'taken');
    expect(taken.length).toBeGreaterThanOrEqual(5);
    expect(taken.length).toBeLessThanOrEqual(5 + 2);
    await Promise.all(stores.map((store) => store.close()));
  });
});

describe.skipIf(noMongo)('moving a grown bot', () => {
  test('its record is copied, checked, and the old one is not used by mistake', async () => {
    const sqlite = await openSqliteStore({ dir, clock: systemClock });
    const { task } = await sqlite.tasks.insert(newTask(systemClock, { scene: 'from the old days' }));
    await sqlite.blobs.write(task.id, 'upload', [await tinyPng()], { maxBytes: 1e6 });
    await sqlite.close();
    const env = { DATA_DIR: dir, MONGO_URL: url };
    const copied = await storeCommand(['copy', '--from', 'sqlite', '--to', 'mongo'], env);
    expect(copied).toMatchObject({ code: 0, stdout: expect.stringMatching(/entries copied and verified/) });
    expect(await storeCommand(['check'], env)).toMatchObject({ code: 0, stdout: expect.stringMatching(/all is well/) });
    expect(await storeCommand(['copy', '--from', 'sqlite', '--to', 'mongo'], env)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/There is a record already/),
    });
    const old = await spawnBot({ DATA_DIR: dir }).ended;
    expect(old).toMatchObject({ code: 1, stderr: expect.stringMatching(/two bots with one record would pay twice/) });
    const store = await openMongoStore({ url, log: pino({ level: 'silent' }) });
    expect((await store.tasks.get(task.id))?.scene).toBe('from the old days');
    await store.blobs.remove(task.id, 'upload');
    await store.tasks.recordAccepted(task.id, 'a', 'one job');
    const { task: other } = await store.tasks.insert(newTask(systemClock));
    await store.tasks.recordAccepted(other.id, 'b', 'one job');
    await store.close();
    const checked = await storeCommand(['check'], env);
    expect(checked).toMatchObject({ code: 1, stdout: expect.stringMatching(/share the job one job[\s\S]*1 troubles/) });
    expect(await storeCommand(['copy', '--from', 'here'], env)).toMatchObject({ code: 2 });
  });
});

describe.skipIf(noMongo)('a record that a bot works on', () => {
  test('is not copied over', async () => {
    const sqlite = await openSqliteStore({ dir, clock: systemClock });
    await sqlite.tasks.insert(newTask(systemClock));
    await sqlite.close();
    await start('gateway');
    expect(
      await storeCommand(['copy', '--from', 'sqlite', '--to', 'mongo'], { DATA_DIR: dir, MONGO_URL: url }),
    ).toMatchObject({ code: 1, stderr: expect.stringMatching(/^A bot is at work [^\n]+\n$/) });
  });
});

describe('a MongoDB that cannot be used', () => {
  test.each([
    ['mongodb://kinora:s3cretpass@127.0.0.1:1/kinora', /cannot be reached|does not answer/],
    ['http://kinora:s3cretpass@127.0.0.1/kinora', /MONGO_URL/],
  ])('ends the program with a sentence, and no password: %s', async (address, sentence) => {
    const { code, stdout, stderr } = await spawnBot({ DATA_DIR: dir, MONGO_URL: address }).ended;
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(sentence);
    expect(stdout + stderr).not.toContain('s3cretpass');
  });

  test('a role of its own needs one', async () => {
    const { code, stderr } = await spawnBot({ DATA_DIR: dir, ROLE: 'worker' }).ended;
    expect(code).toBe(1);
    expect(stderr).toContain('MONGO_URL: is needed where ROLE is worker');
  });
});

async function storeCommand(args: string[], env: Record<string, string>): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [...compiled('src/cli/store.ts'), ...args], {
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
}
