import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { checkClip } from '../../../src/media/clips/clip.ts';
import { type RunningBot, startBot } from '../../helpers/bot.ts';
import { scenery } from '../../helpers/scenery.ts';
import { ask, newKey, openLive, type SeenTask, taskIn } from '../../helpers/web.ts';

let dir: string;
let bot: RunningBot;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-web-continue-'));
  bot = await startBot({ DATA_DIR: dir });
});
afterAll(async () => {
  await bot.stop('SIGKILL');
  await rm(dir, { recursive: true, force: true });
});

const press = async ({ taskId }: SeenTask, action: string, more: object = {}): Promise<SeenTask> => {
  const body = JSON.stringify({ key: newKey(), ...more });
  const headers = { 'content-type': 'application/json' };
  return taskIn(await fetch(`${bot.url}/api/tasks/${taskId}/${action}`, { method: 'POST', headers, body }));
};
async function framesAt(url: string, durationSeconds: number): Promise<number | undefined> {
  const file = Buffer.from(await (await fetch(bot.url + url)).arrayBuffer());
  const read = async (start: number, end: number) => file.subarray(start, end);
  const checked = await checkClip({ bytes: file.length, read }, { durationSeconds });
  if (checked.outcome !== 'playable') throw new Error(checked.reason);
  return checked.frames;
}

test('a preview goes on from its last frame, with a picture from the first moment, and a loop plays in its card', async () => {
  const live = await openLive(bot.url);
  const first = await taskIn(await ask(bot.url, await scenery(640, 360), { scene: 'pan left', duration: '2' }));
  const { clip } = await live.untilState(first.taskId, 'delivered');
  const next = await press(first, 'continue', { scene: 'zoom in' });
  expect((await fetch(bot.url + next.pictureUrl)).status).toBe(200);
  const both = await live.untilState(next.taskId, 'delivered');
  live.close();
  expect(both).toMatchObject({ scene: 'zoom in', options: { duration: 2 } });
  expect(both.facts).toContain('4 s in all');
  const parts = 2 * ((await framesAt(clip?.url ?? '', 2)) ?? 0);
  expect(await framesAt(both.clip?.url ?? '', 4)).toBe(parts - 1);

  const again = await openLive(bot.url);
  const { taskId } = await press(first, 'loop');
  const loop = await again.untilState(taskId, 'delivered');
  again.close();
  const { url } = z.object({ url: z.string() }).parse(loop.file);
  expect(loop.clip?.url).toBe(url);
  expect(await framesAt(url, 4)).toBe(parts - 2);
}, 240_000);
