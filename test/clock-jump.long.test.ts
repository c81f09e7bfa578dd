import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startAivideoapi } from './fakes/aivideoapi.ts';
import { startBot } from './helpers/bot.ts';
import { tinyPng } from './helpers/pictures.ts';
import { ask, openLive, taskIn } from './helpers/web.ts';

const HOUR_MS = 3_600_000;
const KEY = 'key-of-the-clock';

/** The program on a machine whose clock can be set, and a service that finishes when it is told to. */
async function stage() {
  const dir = await mkdtemp(join(tmpdir(), 'kinora-jump-'));
  const service = await startAivideoapi({ keys: { [KEY]: 100 }, schedule: 'manual' });
  const settings = { DATA_DIR: join(dir, 'data'), ALLOW: '*', API_KEYS: KEY, AIVIDEOAPI_URL: service.url };
  return {
    service,
    async close() {
      await service.close();
      await rm(dir, { recursive: true, force: true });
    },
    looks: () => service.report().calls.poll ?? 0,
    setClock: (skewMs: number) => writeFile(join(dir, 'clock'), String(skewMs)),
    start: () =>
      startBot({ ...settings, CLOCK_FILE: join(dir, 'clock') }, { imports: ['./dist/test/helpers/skewed-clock.js'] }),
  };
}

// They wait, so they do at the same time.
describe('the machine’s clock is set while a clip is made', () => {
  test.concurrent.each([
    ['back by an hour', -HOUR_MS],
    ['ahead by three hours', 3 * HOUR_MS],
  ])('%s: the clip comes when it is done, and others may go on asking', async (_how, skewMs) => {
    const { service, looks, setClock, start, close } = await stage();
    const bot = await start();
    try {
      const live = await openLive(bot.url);
      const { taskId } = await taskIn(await ask(bot.url, await tinyPng()));
      await live.untilState(taskId, 'rendering');
      await setClock(skewMs);
      bot.child.kill('SIGUSR2');
      const before = looks();
      await expect.poll(looks, { timeout: 60_000 }).toBeGreaterThan(before);
      service.tell({ do: 'finish' });
      await live.untilState(taskId, 'delivered');
      expect((await ask(bot.url, await tinyPng())).status).toBe(201);
      live.close();
    } finally {
      await bot.stop('SIGKILL');
      await close();
    }
  });

  test.concurrent.each([
    ['back by an hour', -HOUR_MS],
    ['ahead by three hours', 3 * HOUR_MS],
  ])('%s between two starts: a job that was looked at before is looked at on, and comes', async (_how, skewMs) => {
    const { service, looks, setClock, start, close } = await stage();
    let bot = await start();
    try {
      const { taskId } = await taskIn(await ask(bot.url, await tinyPng()));
      await expect.poll(looks, { timeout: 60_000 }).toBeGreaterThan(0);
      await bot.stop('SIGKILL');
      await setClock(skewMs);
      const before = looks();
      bot = await start();
      await expect.poll(looks, { timeout: 60_000 }).toBeGreaterThan(before);
      service.tell({ do: 'finish' });
      // One that is late is looked at every few minutes, and at a start.
      await bot.stop();
      bot = await start();
      const live = await openLive(bot.url);
      await live.untilState(taskId, 'delivered');
      live.close();
    } finally {
      await bot.stop('SIGKILL');
      await close();
    }
  });
});
