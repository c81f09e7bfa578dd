import { ChannelType, PermissionFlagsBits as P } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { everyComponent } from '../../fakes/discord/components.ts';
import type { Deed } from '../../fakes/discord/people.ts';
import type { Channel, Message, User } from '../../fakes/discord/world.ts';
import { type DiscordGateways, discordGateways } from '../../helpers/discord-gateways.ts';
import { tinyPng } from '../../helpers/pictures.ts';

let at: DiscordGateways;
beforeEach(async () => {
  at = await discordGateways({ count: 2 });
  await at.listen();
});
afterEach(() => at.close());

const mention = () => `<@${at.discord.botId}>`;
const contentOf = async (deed: Deed) => (await deed.answer()).content;

/** Somebody posts so many pictures with words. */
async function post(where: Channel, content: string, { pictures = 1, spoiler = false } = {}): Promise<Message> {
  const bytes = await tinyPng();
  const attachments = Array.from({ length: pictures }, (_, n) =>
    at.discord.file(where, { bytes, name: `cat-${n}.png`, type: 'image/png' }, { spoiler }),
  );
  return at.discord.says(at.ann, where, { content, attachments });
}

const said = (where: Channel) => at.discord.messages(where).filter(({ authorId }) => authorId === at.discord.botId);
const answerTo = (message: Message, where: Channel) =>
  at.discord.until(() => said(where).find(({ replyTo }) => replyTo === message.id));
const taken = (where: Channel, scene: string) =>
  expect.poll(async () => (await at.tasks(where)).find((task) => task.scene === scene), { timeout: 5_000 });

describe('a picture with words is a request', () => {
  test('in a conversation with the bot', async () => {
    const where = at.discord.dm(at.ann);
    const message = await post(where, 'waves roll in', { spoiler: true });
    await taken(where, 'waves roll in').toMatchObject({
      requestKey: `discord:${message.id}`,
      requester: { id: `discord:${at.ann.id}` },
      place: { chat: where.id },
      options: { spoiler: true },
    });
    expect(await at.tasks(where)).toHaveLength(1);
    expect(said(where)).toEqual([]);
  });

  test('in a server, with a mention, which is no part of the scene', async () => {
    await post(at.channel, `${mention()} waves roll in`);
    await taken(at.channel, 'waves roll in').toMatchObject({ place: { community: at.guild.id } });
  });

  test('in a thread of a server, with a mention', async () => {
    const where = at.discord.thread({ parent: at.channel });
    await post(where, `snow falls ${mention()}`);
    await taken(where, 'snow falls').toMatchObject({ place: { chat: at.channel.id, thread: where.id } });
  });

  test('once, though the gateway tells it again', async () => {
    const where = at.discord.dm(at.ann);
    const message = await post(where, 'waves roll in');
    await taken(where, 'waves roll in').toBeDefined();
    at.discord.gateway.tellMessage(message);
    await post(where, 'snow falls');
    await taken(where, 'snow falls').toBeDefined();
    expect(await at.tasks(where)).toHaveLength(2);
  });
});

describe('a picture without words is asked about', () => {
  test('by a button, whose form makes the request, and the question goes', async () => {
    const where = at.discord.dm(at.ann);
    const question = await answerTo(await post(where, ''), where);
    expect(question.content).toBe('What should happen in this picture?');
    const form = at.discord.press(at.ann, question, 'Say what happens');
    expect(await contentOf(await at.discord.submit(form, { scene: 'waves', motion: '8' }))).toContain('Got it');
    await taken(where, 'waves').toMatchObject({ options: { motion: 8 } });
    await at.discord.until(() => question.deletedAt !== undefined);
    expect(said(where).filter(({ ephemeralFor }) => ephemeralFor === undefined)).toEqual([]);
  });

  test('and of several it is asked which, with the words in the form already', async () => {
    const where = at.discord.dm(at.ann);
    const question = await answerTo(await post(where, 'waves roll in', { pictures: 3 }), where);
    const select = String(everyComponent(question.components)[1]?.custom_id);
    const form = at.discord.press(at.ann, question, select, ['2']);
    expect(await contentOf(await at.discord.submit(form, {}))).toContain('Got it');
    await taken(where, 'waves roll in').toBeDefined();
  });
});

describe('a refusal is an answer to the message, once, without a sound in a server', () => {
  test('where the picture cannot be used', async () => {
    const file = { bytes: await tinyPng(100, 100), name: 'cat.png', type: 'image/png' };
    const content = `${mention()} waves`;
    const message = at.discord.says(at.ann, at.channel, { content, attachments: [at.discord.file(at.channel, file)] });
    const answer = await answerTo(message, at.channel);
    expect(answer.content).toContain('too small');
    expect(answer.flags & (1 << 12)).toBeTruthy();
    expect(answer.revisions[0]?.pinged).toEqual([]);
    expect(said(at.channel)).toHaveLength(1);
  });

  test('where the bot may not post a clip', async () => {
    const where = at.discord.channel(at.guild, { deny: P.AttachFiles });
    const answer = await answerTo(await post(where, `${mention()} waves`), where);
    expect(answer.content).toContain('Attach Files');
    expect(await at.tasks(where)).toEqual([]);
  });
});

describe('a refusal in a server', () => {
  const file = async () => ({ bytes: await tinyPng(100, 100), name: 'cat.png', type: 'image/png' });

  test('is for one person, and goes after a minute', async () => {
    const attachments = [at.discord.file(at.channel, await file())];
    const before = at.store.now();
    const message = at.discord.says(at.ann, at.channel, { content: `${mention()} waves`, attachments });
    const answer = await answerTo(message, at.channel);
    const line = `${at.channel.id}/${answer.id}`;
    await expect
      .poll(() => at.store.removals.open(10))
      .toMatchObject([{ id: `discord ${line}`, platform: 'discord', sent: { line }, tries: 0 }]);
    const [removal] = await at.store.removals.open(10);
    expect((removal?.dueAt ?? 0) - before).toBeGreaterThanOrEqual(60_000);
    expect((removal?.dueAt ?? 0) - before).toBeLessThan(70_000);
  });

  test('stays in a conversation, as does a question', async () => {
    const where = at.discord.dm(at.ann);
    const attachments = [at.discord.file(where, await file())];
    await answerTo(at.discord.says(at.ann, where, { content: 'waves', attachments }), where);
    await answerTo(await post(at.channel, mention()), at.channel);
    // A last one that goes, so that all before it were looked after.
    const last = at.discord.says(at.ann, at.channel, { content: `${mention()} hello` });
    const { id } = await answerTo(last, at.channel);
    await expect.poll(() => at.store.removals.open(10)).toMatchObject([{ id: `discord ${at.channel.id}/${id}` }]);
  });
});

describe('words in reply to a clip are Edit scene', () => {
  const reply = (user: User, message: Message, content: string) =>
    at.discord.says(user, at.discord.at.channel(message.channelId), { content, replyTo: message.id });

  test('in a server with a mention, by anybody there, once', async () => {
    const task = await at.task('delivered');
    const bob = at.discord.user({ name: 'bob' });
    at.discord.join(at.guild, bob);
    const said = reply(bob, at.messageOf(task), `${mention()} doves land`);
    await taken(at.channel, 'doves land').toMatchObject({
      requestKey: `discord:${said.id}`,
      requester: { id: `discord:${bob.id}` },
      options: { duration: task.options.duration, motion: task.options.motion },
    });
    at.discord.gateway.tellMessage(said);
    reply(bob, at.messageOf(task), `${mention()} doves fly`);
    await taken(at.channel, 'doves fly').toBeDefined();
    expect(await at.tasks()).toHaveLength(3);
  });

  test('but not without a mention, though a reply calls whom it answers', async () => {
    const task = await at.task('delivered');
    reply(at.ann, at.messageOf(task), 'thanks, lovely!');
    reply(at.ann, at.messageOf(task), `${mention()} the last`);
    await taken(at.channel, 'the last').toBeDefined();
    expect(await at.tasks()).toHaveLength(2);
  });

  test('in a conversation they may be a word of thanks, and wait for a press', async () => {
    const where = at.discord.dm(at.ann);
    const task = await at.task('delivered', { place: { platform: 'discord', chat: where.id } });
    const question = await answerTo(reply(at.ann, at.messageOf(task, { where }), 'doves land'), where);
    expect(question.content).toContain('another clip');
    const form = at.discord.press(at.ann, question, 'Check and send');
    expect(JSON.stringify((await form.acknowledged()).modal)).toContain('"value":"doves land"');
    expect(await contentOf(await at.discord.submit(form, { motion: '8' }))).toContain('Got it');
    await taken(where, 'doves land').toMatchObject({ options: { motion: 8 } });
    await at.discord.until(() => question.deletedAt !== undefined);
  });

  test('of who asked elsewhere they are refused, as the button is', async () => {
    const elsewhere = at.discord.channel(at.guild);
    const task = await at.task('delivered');
    const bob = at.discord.user({ name: 'bob' });
    at.discord.join(at.guild, bob);
    const said = reply(bob, at.messageOf(task, { where: elsewhere }), `${mention()} doves land`);
    expect((await answerTo(said, elsewhere)).content).toContain('Only the person who asked');
  });
});

test('who writes without a picture is told once how it goes', async () => {
  const where = at.discord.dm(at.ann);
  for (const content of ['hello', 'anybody there?', 'thanks']) at.discord.says(at.ann, where, { content });
  await post(where, 'waves roll in');
  await taken(where, 'waves roll in').toBeDefined();
  expect(said(where).map(({ content }) => content)).toEqual([expect.stringContaining('Send me a picture')]);
});

test('what is not meant for the bot is left alone: pictures of others, of bots, and its own', async () => {
  await post(at.channel, 'waves roll in');
  const robot = at.discord.user({ name: 'robot' });
  robot.bot = true;
  const file = at.discord.file(at.channel, { bytes: await tinyPng(), name: 'cat.png', type: 'image/png' });
  at.discord.says(robot, at.channel, { content: `${mention()} waves`, attachments: [file] });
  const where = at.discord.channel(at.guild, { type: ChannelType.GuildText });
  await post(where, `${mention()} the last`);
  await taken(where, 'the last').toBeDefined();
  expect(await at.tasks(at.channel)).toEqual([]);
  expect(said(at.channel)).toEqual([]);
});
