import { PermissionFlagsBits as P } from 'discord.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { textOf } from '../../fakes/discord/components.ts';
import { CLIP_SHA256, type DiscordStage, discordStage, isClip, sha256Of } from '../../helpers/discord.ts';

let stage: DiscordStage;
beforeAll(async () => {
  // Time enough for something to happen between the card and the clip.
  stage = await discordStage({ schedule: { ms: 1_500 } });
});
afterEach(() => {
  stage.discord.rules.blockedWords = [];
});
afterAll(() => stage.close());

const answerOf = async (animating: ReturnType<DiscordStage['animate']>) => (await (await animating).answer()).content;

describe('refused at once, and only to the person', () => {
  test.each([
    ['a video', { content_type: 'video/mp4', forced: true }, 'This is a video already.'],
    ['a picture too small', { width: 100, height: 100 }, 'The picture is too small (100×100).'],
    ['a picture too large', { width: 20_000, height: 20_000 }, 'The picture is too large (20000×20000).'],
  ])('%s', async (_what, picture, words) => {
    const where = stage.room();
    const deed = await stage.animate({ where, picture });
    expect((await deed.answer()).content).toContain(words);
    expect((await deed.acknowledged()).isEphemeral).toBe(true);
    expect(stage.discord.report().downloads.filter(({ at }) => at >= deed.interaction.createdAt)).toEqual([]);
    expect(stage.shown(where)).toEqual([]);
  });

  test.each([
    ['Attach Files', P.AttachFiles],
    ['Send Messages', P.SendMessages],
    ['Read Message History', P.ReadMessageHistory],
  ])('a missing permission, by name and channel: %s', async (name, bit) => {
    const where = stage.room({ deny: bit });
    expect(await answerOf(stage.animate({ where }))).toBe(
      `I need these permissions in <#${where.id}>: ${name}. Whoever runs this server can give them.`,
    );
    expect(stage.shown(where)).toEqual([]);
  });

  test('in a thread it is Send Messages in Threads that counts', async () => {
    const parent = stage.room({ deny: P.SendMessagesInThreads });
    const where = stage.discord.thread({ parent });
    expect(await answerOf(stage.animate({ where }))).toContain('Send Messages in Threads');
  });
});

describe('where a clip goes when its place does not take it', () => {
  test('threads are forbidden: it is a reply to the card', async () => {
    const where = stage.room({ deny: P.CreatePublicThreads });
    await stage.animate({ where });
    expect((await stage.clip(where)).replyTo).toBe((await stage.card(where)).id);
  });

  test('nothing may be written in threads: not every card gets one that stays empty', async () => {
    const { discord } = stage;
    const where = stage.room({ deny: P.SendMessagesInThreads });
    for (const scene of ['first', 'second']) {
      await stage.animate({ where, scene });
      const clip = await discord.until(
        () => stage.shown(where).find((it) => isClip(it) && it.content.includes(scene)),
        30_000,
      );
      expect(clip.replyTo).toBeDefined();
    }
    const cards = stage.shown(where).filter((it) => it.components[0]?.type === 17);
    expect(cards.filter((card) => discord.threadOn(card))).toHaveLength(1);
  });

  test('a name is not taken for a thread: it has another', async () => {
    const where = stage.room();
    await stage.animate({ where });
    const card = await stage.card(where);
    const body = { code: 50035, message: 'Invalid Form Body' };
    stage.discord.misbehave('startThread', { how: 'status', status: 400, body });
    expect((await stage.delivered(card)).thread.name).toBe('Clip');
  });

  test('the server has too many threads: a reply that says so', async () => {
    const { discord } = stage;
    const guild = discord.guild({ maxThreads: 0 });
    const where = discord.channel(guild);
    discord.join(guild, stage.ann);
    await stage.animate({ where });
    expect((await stage.clip(where)).content).toContain('too many open threads');
  });

  test('the thread where it was asked was locked: the channel it is in, with why', async () => {
    const { discord } = stage;
    const parent = stage.room();
    const where = discord.thread({ parent });
    await stage.animate({ where });
    await stage.card(where);
    discord.archive(where, { locked: true });
    const clip = await stage.clip(parent);
    expect(clip.content).toContain('locked');
    expect(sha256Of(clip)).toEqual([CLIP_SHA256]);
  });

  test('the thread where it was asked was archived: sending brings it back', async () => {
    const { discord } = stage;
    const where = discord.thread({ parent: stage.room() });
    await stage.animate({ where });
    const card = await stage.card(where);
    discord.archive(where);
    await stage.clip(where);
    await discord.until(() => textOf(card.components).includes('Done'), 20_000);
  });

  test.each(['the channel was deleted', 'the bot was kicked'])('%s: a direct message', async (what) => {
    const { discord, ann } = stage;
    const guild = discord.guild();
    discord.join(guild, ann);
    const where = discord.channel(guild);
    await stage.animate({ where });
    await stage.card(where);
    const dm = discord.dm(ann);
    const before = stage.shown(dm).filter(isClip).length;
    if (what === 'the bot was kicked') discord.kick(guild);
    else discord.removeChannel(where);
    const clip = await discord.until(() => stage.shown(dm).filter(isClip)[before], 30_000);
    expect(clip.content).toContain('I cannot write any more where you asked for it');
    expect(sha256Of(clip)).toEqual([CLIP_SHA256]);
  });

  test('nowhere at all: it waits for a door, and the operator sees why each is shut', async () => {
    const { discord } = stage;
    const guild = discord.guild();
    const shy = discord.user({ name: 'shy', refusesDms: 50007 });
    discord.join(guild, shy);
    const where = discord.channel(guild);
    await stage.animate({ user: shy, where });
    await stage.card(where);
    discord.kick(guild);
    const refusals = () => discord.report().requests.filter(({ status }) => status === 403);
    const before = refusals().length;
    await discord.until(() => refusals().some(({ code }) => code === 50007), 30_000);
    await expect
      .poll(() => stage.log(), { timeout: 20_000 })
      .toMatch(/home: Discord says 40[34], code \d+; direct: [^"]*50007/);
    expect(refusals().length - before).toBeLessThan(10);
  });

  test('the card was deleted: no thread can be on it, and the clip comes all the same', async () => {
    const { discord } = stage;
    const where = stage.room();
    await stage.animate({ where });
    discord.removeMessage(await stage.card(where));
    await stage.clip(where);
  });

  test('AutoMod refuses the scene: card, thread and clip do without it', async () => {
    const { discord } = stage;
    discord.rules.blockedWords = ['heron'];
    const where = stage.room();
    await stage.animate({ where, scene: 'a heron flies' });
    const card = await stage.card(where);
    const { clip } = await stage.delivered(card);
    for (const text of [clip.content, textOf(card.components)]) expect(text).toContain('may not be shown here');
  });

  test('the history cannot be read any more: it is no reply, but it is there', async () => {
    const { discord } = stage;
    const where = stage.room({ deny: P.CreatePublicThreads });
    await stage.animate({ where });
    await stage.card(where);
    discord.deny(where, P.CreatePublicThreads, P.ReadMessageHistory);
    expect((await stage.clip(where)).replyTo).toBeUndefined();
  });
});

test('a clip too large for its place comes as a direct message; where that is closed, its link does', async () => {
  const { discord, ann } = stage;
  const guild = discord.guild({ uploadLimit: 4_000 });
  discord.join(guild, ann);
  const where = discord.channel(guild);
  const dm = discord.dm(ann);
  const before = stage.shown(dm).filter(isClip).length;
  await stage.animate({ where });
  const clip = await discord.until(() => stage.shown(dm).filter(isClip)[before], 30_000);
  expect(clip.content).toContain('too large for the place');

  const shy = discord.user({ name: 'shy', refusesDms: 50007 });
  discord.join(guild, shy);
  await stage.animate({ user: shy, where });
  const notice = await discord.until(
    () => stage.shown(where).find(({ content }) => content.startsWith(`<@${shy.id}> Your clip is ready`)),
    30_000,
  );
  const link = new URL(/https?:\S+/.exec(notice.content)?.[0] ?? '');
  expect(link.pathname).toMatch(/^\/c\/\w/);
  const page = async () => (await fetch(link, { signal: AbortSignal.timeout(10_000) })).text();
  await expect.poll(page, { timeout: 10_000 }).toContain('<video');
  expect(JSON.stringify(notice.components)).toContain('"label":"Again"');
});

test('a clip that no place takes comes as soon as its person lets the bot write to them', async () => {
  const { discord, guild } = stage;
  const shy = discord.user({ name: 'very shy', refusesDms: 50007 });
  discord.join(guild, shy);
  const where = stage.room();
  await stage.animate({ user: shy, where });
  await stage.card(where);
  discord.deny(where, P.ViewChannel);
  await expect.poll(() => stage.log(), { timeout: 30_000 }).toContain('no place takes what is due there');
  shy.refusesDms = undefined;
  const dm = discord.dm(shy);
  discord.says(shy, dm, { content: 'and now?' });
  expect((await stage.clip(dm)).content).toContain('cannot write any more');
});

test('a rate limit is waited for, not fought', async () => {
  const { discord } = stage;
  const where = stage.room();
  await stage.animate({ where });
  const card = await stage.card(where);
  const since = discord.now();
  discord.throttle('createMessage', { retryAfterMs: 1_500, scope: 'user' });
  const { thread } = await stage.delivered(card);
  const sends = discord
    .report()
    .requests.filter(({ at, route, path }) => at >= since && route === 'createMessage' && path.includes(thread.id));
  expect(sends.map(({ status }) => status)).toEqual([429, 200]);
  const [first, second] = sends.map(({ at }) => at);
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(1_400);
});
