import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Fault } from '../fakes/misbehave.ts';
import { startRunway } from '../fakes/runway.ts';
import type { StandIn } from '../fakes/stand-in.ts';
import { type RunningBot, startBot } from '../helpers/bot.ts';
import { tinyPng } from '../helpers/pictures.ts';
import { ask, openLive, taskIn } from '../helpers/web.ts';

const KEYS = ['key_first-0123456789abcdef', 'key_second-fedcba9876543210'];

let dir: string;
let runway: StandIn;
let bot: RunningBot;
let lines: string[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-setup-'));
  runway = await startRunway({ keys: Object.fromEntries(KEYS.map((key) => [key, 1000])) });
  lines = [];
});
afterEach(async () => {
  await bot.stop('SIGKILL');
  await runway.close();
  await rm(dir, { recursive: true, force: true });
});

async function start(env: Record<string, string> = {}): Promise<void> {
  const settings = { DATA_DIR: dir, RUNWAYML_API_SECRET: KEYS.join(','), RUNWAY_URL: runway.url, ...env };
  bot = await startBot(settings, { onLog: (line) => void lines.push(line) });
}
const refusal = (status: number, error: string): Fault => ({ how: 'status', status, body: { error } });
const errors = () => lines.filter((line) => line.includes('"level":50'));
const isWaiting = (status: string) => status.includes('takes no clips from this bot at present');

test('a model that is gone: no key is blamed, the request waits, the operator hears of GEN4_MODEL, and another goes on at once', async () => {
  runway.misbehave('submit', refusal(403, 'Model variant gen4_turbo is not available'));
  await start();
  const live = await openLive(bot.url);
  const { taskId } = await taskIn(await ask(bot.url, await tinyPng()));
  await live.until(({ event, data }) => event === 'task' && isWaiting(data.status));
  live.close();
  await expect.poll(() => errors().join()).toContain('set GEN4_MODEL');
  expect(runway.report().calls.submit).toBe(1);
  await bot.stop();

  await start({ GEN4_MODEL: 'gen4.5' });
  const later = await openLive(bot.url);
  await later.untilState(taskId, 'rendering');
  later.close();
  expect(runway.report().calls.submit).toBe(2);
});

test.each([
  refusal(429, 'You have reached the monthly spend limit of your tier.'),
  refusal(400, 'Your organization has hit its monthly cap.'),
])(
  'an account at its monthly cap (%o): the request goes to the next, or waits, and the operator hears of it',
  async (full) => {
    runway.misbehave('submit', full, 'well', full);
    await start();
    const live = await openLive(bot.url);
    const picture = await tinyPng();
    const { taskId } = await taskIn(await ask(bot.url, picture));
    await live.untilState(taskId, 'rendering');
    expect(errors()).toEqual([expect.stringContaining('"why":"quota"')]);

    // The second is full by now, too.
    await ask(bot.url, picture);
    await live.until(({ event, data }) => event === 'task' && isWaiting(data.status));
    live.close();
    await expect.poll(errors).toHaveLength(2);
    expect(runway.report().calls.submit).toBe(3);
  },
);
