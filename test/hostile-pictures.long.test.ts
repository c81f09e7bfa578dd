import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningBot, startBot } from './helpers/bot.ts';
import { harmOf, untilRendered } from './helpers/hostile-run.ts';
import { scenery } from './helpers/scenery.ts';
import { CORPUS } from './media/hostile.ts';

let dir: string;
let bot: RunningBot;
let photo: Buffer;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-hostile-'));
  bot = await startBot({ DATA_DIR: dir });
  photo = await scenery(1600, 1200);
});
afterAll(async () => {
  await bot.stop('SIGKILL');
  await rm(dir, { recursive: true, force: true });
});

test.each(CORPUS)('the program and somebody else’s photo bear $name', async ({ make, problem }) => {
  const harm = await harmOf(bot, await make(), photo);
  await untilRendered(bot, harm);
  const wanted = problem && { 'too-heavy': /too much work/, truncated: /incomplete/ }[problem];
  expect(harm.task).toMatchObject(wanted ? { state: 'failed', status: expect.stringMatching(wanted) } : {});
  if (!wanted) expect(harm.task.state).not.toBe('failed');
  expect(harm.photo.state).not.toBe('failed');
  expect(harm.endedMs).toBeLessThan(20_000);
  expect(harm.photoMs).toBeLessThan(25_000);
  expect(harm.stallMs).toBeLessThan(100);
  expect(harm.growthMb).toBeLessThan(60);
  expect(harm.decoderMb).toBeLessThan(1_250);
});
