import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunningBot, startBot } from './helpers/bot.ts';
import { decodersOf, sendPicture } from './helpers/hostile-run.ts';
import { scenery } from './helpers/scenery.ts';
import { ask, openLive } from './helpers/web.ts';
import { svgAsWebp, tiffAsWebp } from './media/hostile.ts';

let dir: string;
let bot: RunningBot;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-hostile-'));
  bot = await startBot({ DATA_DIR: dir });
});
afterEach(async () => {
  await bot.stop('SIGKILL');
  await rm(dir, { recursive: true, force: true });
});

describe('a picture of another kind is refused in a sentence', () => {
  test.each([
    ['a drawing', svgAsWebp, 'SVG drawings cannot be animated.'],
    ['a TIFF', tiffAsWebp, 'This kind of file is not known here.'],
  ])('%s that poses as a WebP, before it is taken', async (_, make, sentence) => {
    const answer = await ask(bot.url, make());
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(sentence);
    expect(await decodersOf(bot)).toEqual([]);
  });
});

test('what decodes pictures is not even loaded by the program', async () => {
  const { id } = await sendPicture(bot, await scenery(1600, 1200));
  const live = await openLive(bot.url);
  await live.untilState(id, 'delivered');
  live.close();
  expect(await readFile(`/proc/${bot.child.pid}/maps`, 'utf8')).not.toMatch(/libvips|sharp/);
});
