import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkClip } from '../../../src/media/clips/clip.ts';
import { textOf } from '../../fakes/discord/components.ts';
import type { Message } from '../../fakes/discord/world.ts';
import { type DiscordStage, discordStage, isClip, pressUnder } from '../../helpers/discord.ts';

let stage: DiscordStage;
beforeEach(async () => {
  stage = await discordStage();
});
afterEach(() => stage.close());

async function framesOf({ attachments: [file] }: Message, durationSeconds: number): Promise<number | undefined> {
  const bytes = file?.bytes ?? Buffer.alloc(0);
  const read = async (start: number, end: number) => bytes.subarray(start, end);
  const checked = await checkClip({ bytes: bytes.length, read }, { durationSeconds });
  if (checked.outcome !== 'playable') throw new Error(checked.reason);
  return checked.frames;
}
const posted = (): Message[] => stage.discord.clips().filter(isClip);

test('what goes on comes as one clip, once, and is paid once, though the program is killed again and again', async () => {
  const { discord, service, ann } = stage;
  await stage.animate();
  const card = await stage.card();
  const { thread, clip } = await stage.delivered(card);
  await discord.until(() => textOf(card.components).includes('Done'), 30_000);
  const before = await framesOf(clip, 5);
  const form = await pressUnder(discord, ann, clip, 'Continue');
  await (await discord.submit(form, { scene: 'and the sun sets' })).acknowledged();
  // In which moment each kill comes is the machine's affair: between the frame and the call, the clip and the join, …
  const scenes = () => service.report().accepted.map(({ scene }) => scene);
  await stage.stop('SIGKILL');
  await stage.start();
  await discord.until(() => scenes().includes('and the sun sets'), 60_000);
  await expect.poll(() => stage.log().split('"to":"rendering"').length, { timeout: 20_000 }).toBe(3);
  await stage.stop('SIGKILL');
  await stage.start();
  await expect.poll(() => stage.log().split('"to":"ready"').length, { timeout: 60_000 }).toBe(3);
  await stage.stop('SIGKILL');
  await stage.start();
  const joined = await discord.until(() => posted().find(({ id }) => id !== clip.id), 120_000);
  await stage.stop('SIGKILL');
  await stage.start();
  const done = () =>
    [stage.channel, thread].flatMap(stage.shown).filter(({ components }) => textOf(components).includes('Done'));
  await expect.poll(() => done().length, { timeout: 60_000 }).toBe(2);
  expect(joined.content).toContain('and the sun sets');
  expect(await framesOf(joined, 10)).toBe(2 * (before ?? 0) - 1);
  expect(scenes()).toEqual(['waves roll in', 'and the sun sets']);
  expect(posted()).toHaveLength(2);
  await stage.stop();
  const tasks = await stage.tasks();
  const going = tasks.find(({ goesOn }) => goesOn);
  expect(going).toMatchObject({ state: 'delivered', from: tasks.find(({ goesOn }) => !goesOn)?.id });
}, 240_000);
