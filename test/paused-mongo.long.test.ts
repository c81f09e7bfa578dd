import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ChildStandIn, spawnStandIn } from './fakes/child.ts';
import { type RunningBot, startBot } from './helpers/bot.ts';
import { mongoUrl, noMongo } from './helpers/mongo.ts';
import { tinyPng } from './helpers/pictures.ts';
import { ask, openLive, taskIn } from './helpers/web.ts';

const KEY = 'key_paused-0123456789abcdef';

let dir: string;
let service: ChildStandIn;
let bots: RunningBot[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-paused-'));
  bots = [];
  service = await spawnStandIn({ kind: 'aivideoapi', options: { keys: { [KEY]: 100 } } });
});
afterEach(async () => {
  for (const { child } of bots) child.kill('SIGCONT');
  await Promise.all(bots.map((bot) => bot.stop()));
  await service.close();
  await rm(dir, { recursive: true, force: true });
});

const isStopped = async ({ pid }: RunningBot['child']): Promise<boolean> =>
  / T /.test((await readFile(`/proc/${pid}/stat`, 'latin1')).replace(/^.*\)/, ''));

describe.skipIf(noMongo)('a worker that is stopped with its call about to be written', () => {
  test('writes nothing when it wakes up after another took over and the person ended it', async () => {
    const settings = { MONGO_URL: mongoUrl(), API_KEYS: KEY, AIVIDEOAPI_URL: service.url };
    const start = async (ROLE: string, how: Parameters<typeof startBot>[1] = {}): Promise<RunningBot> => {
      const bot = await startBot({ DATA_DIR: join(dir, String(bots.length)), ROLE, ...settings }, how);
      bots.push(bot);
      return bot;
    };
    const { url } = await start('gateway');
    let hasGivenUp = () => {};
    const givenUp = new Promise<void>((resolve) => {
      hasGivenUp = resolve;
    });
    const first = await start('worker', {
      imports: ['./dist/test/helpers/stop-at-call.js'],
      onLog: (line) => line.includes('another worker holds this task now') && hasGivenUp(),
    });
    const live = await openLive(url);
    const { taskId } = await taskIn(await ask(url, await tinyPng()));
    await live.untilState(taskId, 'submitting');
    await expect.poll(() => isStopped(first.child), { timeout: 20_000 }).toBe(true);
    await start('worker');
    await live.untilState(taskId, 'unconfirmed');
    const leave = await fetch(`${url}/api/tasks/${taskId}/leave`, { method: 'POST', headers: { origin: url } });
    expect(leave.status).toBe(200);
    await live.untilState(taskId, 'failed');
    first.child.kill('SIGCONT');
    await givenUp;
    const { accepted, calls } = await service.report();
    expect({ accepted, submits: calls.submit ?? 0 }).toEqual({ accepted: [], submits: 0 });
    live.close();
  });
});
