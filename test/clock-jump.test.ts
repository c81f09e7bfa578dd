import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startAivideoapi } from './fakes/aivideoapi.ts';
import { startBot } from './helpers/bot.ts';
import { tinyPng } from './helpers/pictures.ts';
import { ask, openLive, taskIn } from './helpers/web.ts';

const HOUR_MS = 3_600_000;
const KEY = 'key-of-the-clock';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-jump-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('the machine’s clock is set while a clip is made', () => {
  test.each([
    ['back by an hour', -HOUR_MS],
    ['ahead by three hours', 3 * HOUR_MS],
  ])('%s: the clip comes when it is done, and others may go on asking', async (_how, skewMs) => {
    const service = await startAivideoapi({ keys: { [KEY]: 100 }, schedule: 'manual' });
    const bot = await startBot(
      {
        DATA_DIR: dir,
        ALLOW: '*',
        API_KEYS: KEY,
        AIVIDEOAPI_URL: service.url,
        CLOCK_SKEW_MS: `${skewMs}`,
        CLOCK_SKEW_AT: 'signal',
      },
      { imports: ['./dist/test/helpers/skewed-clock.js'] },
    );
    try {
      const live = await openLive(bot.url);
      const { taskId } = await taskIn(await ask(bot.url, await tinyPng()));
      await live.untilState(taskId, 'rendering');
      bot.child.kill('SIGUSR2');
      const looks = () => service.report().calls.poll ?? 0;
      const before = looks();
      await expect.poll(looks, { timeout: 60_000 }).toBeGreaterThan(before);
      service.tell({ do: 'finish' });
      await live.untilState(taskId, 'delivered');
      expect((await ask(bot.url, await tinyPng())).status).toBe(201);
      live.close();
    } finally {
      await bot.stop('SIGKILL');
      await service.close();
    }
  });
});
