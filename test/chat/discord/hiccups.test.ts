import { afterAll, beforeAll, expect, test } from 'vitest';
import { textOf } from '../../fakes/discord/components.ts';
import { type DiscordStage, discordStage, isClip } from '../../helpers/discord.ts';

let stage: DiscordStage;
beforeAll(async () => {
  stage = await discordStage();
});
afterAll(() => stage.close());

const errors = (): string[] =>
  stage
    .log()
    .split('\n')
    .filter((line) => /"level":(50|60)/.test(line));

test('one 502 on each route costs no clip and makes none twice, and none of them is an error in the log', async () => {
  const { discord, ann } = stage;
  const where = stage.room();
  for (const route of ['createMessage', 'editMessage', 'startThread', 'getMessage', 'listMessages', 'deleteMessage'])
    discord.misbehave(route, { how: 'status', status: 502 });
  await stage.animate({ where });
  const card = await stage.card(where);
  const { thread, clip } = await stage.delivered(card);
  await discord.until(() => textOf(card.components).includes('Done'), 60_000);
  expect(stage.shown(thread).filter(isClip)).toHaveLength(1);
  const menu = await discord.press(ann, clip, 'More').answer();
  for (const route of ['callback', 'editAnswer']) discord.misbehave(route, { how: 'status', status: 502 });
  const answer = await discord.press(ann, menu, 'Delete').answer();
  await discord.until(() => answer.content === 'Deleted.', 30_000);
  expect(errors()).toEqual([]);
}, 120_000);
