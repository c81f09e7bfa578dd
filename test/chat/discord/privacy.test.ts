import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sha256 } from '../../../src/util/hash.ts';
import { everyComponent } from '../../fakes/discord/components.ts';
import type { Message } from '../../fakes/discord/world.ts';
import { type DiscordStage, discordStage, pressUnder } from '../../helpers/discord.ts';

let stage: DiscordStage;
beforeAll(async () => {
  stage = await discordStage();
});
afterAll(() => stage.close());

const isGone = (message: Message) => stage.discord.until(() => message.deletedAt !== undefined, 60_000);
const say = (command: string, user = stage.ann) => stage.discord.slash({ user, channel: stage.channel, command });
const labels = (message: Message) => everyComponent(message.components).flatMap(({ label }) => label ?? []);

/** All that the program has in its folder, and wrote to its log. */
async function traces(): Promise<string> {
  const files = await readdir(stage.dir, { recursive: true, withFileTypes: true });
  const read = files
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1'));
  return [stage.log(), ...(await Promise.all(read))].join('\n');
}

test('/privacy tells what is kept, to the person alone', async () => {
  const told = await (await say('privacy')).answer();
  expect(told.ephemeralFor).toBe(stage.ann.id);
  expect(told.content.split('\n')).toHaveLength(10);
  expect(told.content).toContain('30 days');
});

test('/export is for the person alone, and has nobody else’s', async () => {
  const bob = stage.member('bob');
  const room = stage.room();
  await stage.animate({ user: bob, where: room, scene: 'lanterns sway' });
  await stage.delivered(await stage.card(room));
  const told = await (await say('export', bob)).answer();
  expect([told.ephemeralFor, told.attachments.map(({ filename }) => filename)]).toEqual([bob.id, ['kinora.json']]);
  expect(JSON.parse(told.attachments[0]?.bytes.toString() ?? '')).toMatchObject({
    person: { id: `discord:${bob.id}`, name: 'bob' },
    requests: [{ scene: 'lanterns sway', provider: 'aivideoapi', stars: 0 }],
    starred: [],
  });
  expect((await (await say('export', bob)).answer()).content).toContain('Ask again in a minute');
  const eve = stage.member('eve');
  for (const _ of ['once', 'and at once again'])
    expect((await (await say('export', eve)).answer()).content).toBe('I have no requests or stars of yours.');
});

test('a forged confirmation under a clip that all see changes nothing there', async () => {
  const { discord } = stage;
  const room = stage.room();
  await stage.animate({ where: room, scene: 'lanterns stay' });
  const { clip } = await stage.delivered(await stage.card(room));
  const before = [clip.content, labels(clip)];
  const forged = discord.press(stage.member('mallory'), clip, 'confirm:000000000000', undefined, { forged: true });
  expect((await forged.answer()).content).toContain('too old');
  expect([clip.content, labels(clip)]).toEqual(before);
});

test('/forget asks first, then leaves nothing of the person, though the program is killed in the middle', async () => {
  const { discord, ann, channel } = stage;
  const bob = stage.member('bob');
  await stage.animate({ scene: 'the secret engine hums' });
  const card = await stage.card();
  const { clip } = await stage.delivered(card);
  await pressUnder(discord, ann, clip, '⭐');
  // Words that wait in a form.
  await discord.slash({ user: ann, channel, command: 'animate', options: { scene: 'the secret engine waits' } });
  const room = stage.room();
  await stage.animate({ user: bob, where: room, scene: 'his own waves' });
  const his = await stage.delivered(await stage.card(room));

  const question = await (await say('forget')).answer();
  expect([question.ephemeralFor, labels(question)]).toEqual([ann.id, ['Forget me']]);
  discord.misbehave('deleteMessage', { how: 'status', status: 502 }, { how: 'status', status: 502 });
  const answer = await (await discord.press(ann, question, 'Forget me')).answer();
  expect(answer.content).toContain('It is done within a minute or two');
  expect(labels(question)).toEqual([]);
  await stage.stop('SIGKILL');
  await stage.start();

  await Promise.all([card, clip].map(isGone));
  await expect.poll(traces, { timeout: 60_000 }).not.toContain('forget:');
  expect(his.clip.deletedAt).toBeUndefined();
  expect((await (await say('export')).answer()).content).toContain('I have no requests or stars of yours');
  await stage.stop();
  const left = await traces();
  for (const secret of ['secret engine', `discord:${ann.id}`])
    expect([secret, left.includes(secret)]).toEqual([secret, false]);
  // The log names tasks, which lead nowhere any more.
  const [taskId] = /[0-9a-f]{24}/.exec(JSON.stringify(clip.components)) ?? [];
  expect(taskId).toBeDefined();
  expect(left.replaceAll(stage.log(), '')).not.toContain(taskId);
  expect(left).toContain(sha256(`discord:${ann.id}`));
  expect(left).toContain('his own waves');
}, 180_000);
