import { afterEach, expect, test } from 'vitest';
import { textOf } from '../../fakes/discord/components.ts';
import { CLIP_SHA256, type DiscordStage, discordStage, sha256Of } from '../../helpers/discord.ts';

let stage: DiscordStage;
afterEach(() => stage.close());

test('a slash command becomes a card, a thread and in it the clip, byte for byte', async () => {
  stage = await discordStage();
  const { discord, channel, ann } = stage;
  const deed = await stage.animate({ scene: '@everyone **waves** roll in' });
  const ack = await deed.acknowledged();
  expect(ack.isEphemeral).toBe(true);
  expect(ack.latencyMs).toBeLessThan(1_000);
  expect((await deed.answer()).content).toBe('Taken. Your card appears here.');

  const card = await stage.card();
  const thread = await discord.until(() => discord.threadOn(card), 20_000);
  expect(thread.name).toBe('@everyone **waves** roll in');
  const clip = await stage.clip(thread);
  expect(sha256Of(clip)).toEqual([CLIP_SHA256]);
  expect(clip.content).toBe(`<@${ann.id}> \\@everyone \\*\\*waves\\*\\* roll in`);
  await discord.until(() => textOf(card.components).includes('Done'), 20_000);
  expect(card.attachments.map(({ filename }) => filename)).toEqual(['picture.jpg']);

  const report = discord.report();
  expect(report.unguarded).toEqual([]);
  expect(report.pings.map(({ who }) => who)).toEqual([ann.id]);
  expect(stage.shown(channel)).toHaveLength(1);
  expect(report.invalidRequests).toBe(0);
  expect(report.commandPuts).toBe(1);
});
