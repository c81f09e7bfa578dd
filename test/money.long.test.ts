import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ChildStandIn, spawnStandIn } from './fakes/child.ts';
import { type RunningBot, startBot } from './helpers/bot.ts';
import { tinyPng } from './helpers/pictures.ts';
import { ask, conversation, errorIn, openLive, taskIn } from './helpers/web.ts';

/* The promises about money, kept by the program as people start it. */

const KEY = 'key_money-0123456789abcdef';

let dir: string;
let service: ChildStandIn;
let bot: RunningBot | undefined;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-money-'));
  service = await spawnStandIn({ kind: 'aivideoapi', options: { keys: { [KEY]: 100 }, schedule: { ms: 100 } } });
});
afterEach(async () => {
  await bot?.stop();
  bot = undefined;
  await service.close();
  await rm(dir, { recursive: true, force: true });
});

async function start(settings: Record<string, string> = {}): Promise<string> {
  bot = await startBot({ DATA_DIR: dir, API_KEYS: KEY, AIVIDEOAPI_URL: service.url, ...settings });
  return bot.url;
}

const press = (url: string, taskId: string, action: string, body: object = {}) =>
  fetch(`${url}/api/tasks/${taskId}/${action}`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const paid = async () => (await service.report()).accepted.length;

describe('Try again', () => {
  test.each(['DAILY_BUDGET', 'DAILY_PER_PERSON'])('asks %s=1, however often it is pressed', async (limit) => {
    const url = await start({ [limit]: '1' });
    const hangup = { how: 'hangup', worked: true } as const;
    await service.tell({ do: 'misbehave', route: 'submit', faults: Array(13).fill(hangup) });
    const live = await openLive(url);
    const { taskId } = await taskIn(await ask(url, await tinyPng()));
    await live.untilState(taskId, 'unconfirmed');
    for (let n = 0; n < 12; n++) {
      const said = await press(url, taskId, 'retry');
      expect(said.status).toBe(409);
      expect(await errorIn(said)).toMatch(/today/i);
    }
    expect((await press(url, taskId, 'leave')).status).toBe(200);
    await live.untilState(taskId, 'failed');
    expect(await paid()).toBe(1);
    live.close();
  });
});

describe('the same web key after Delete', () => {
  test('is told that it was deleted, and pays nothing', async () => {
    const url = await start();
    const live = await openLive(url);
    const query = { key: 'told-again-after-delete' };
    const { taskId } = await taskIn(await ask(url, await tinyPng(), query));
    await live.untilState(taskId, 'delivered');
    expect((await press(url, taskId, 'delete')).status).toBe(200);
    for (let n = 0; n < 2; n++) {
      const said = await ask(url, await tinyPng(), query);
      expect(said.status).toBe(400);
      expect(await errorIn(said)).toContain('was deleted');
    }
    expect((await conversation(url)).tasks).toEqual([]);
    expect(await paid()).toBe(1);
    live.close();
  });
});

describe('a disk with less room than MIN_FREE_MB', () => {
  test('takes no request, says so, and keeps what it has', async () => {
    const url = await start();
    const live = await openLive(url);
    const { taskId } = await taskIn(await ask(url, await tinyPng()));
    await live.untilState(taskId, 'delivered');
    live.close();
    await bot?.stop();
    // More than any disk has.
    const again = await start({ MIN_FREE_MB: '1e12' });
    const said = await ask(again, await tinyPng());
    expect(said.status).toBe(400);
    expect(await errorIn(said)).toContain('disk of the machine that runs this bot is nearly full');
    expect(await errorIn(await press(again, taskId, 'again', { key: 'another-take' }))).toContain('nearly full');
    expect((await conversation(again)).tasks.map((task) => task.taskId)).toEqual([taskId]);
    expect(await paid()).toBe(1);
    expect((await bot?.stop())?.stderr).toContain('requests are refused');
    expect(await readdir(join(dir, 'files'))).toHaveLength(2);
  });
});
