import { ChannelType, InteractionResponseType } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { textOf } from '../../fakes/discord/components.ts';
import { CLIP_SHA256, type DiscordStage, discordStage, pressUnder, sha256Of } from '../../helpers/discord.ts';
import { tinyPng } from '../../helpers/pictures.ts';

let stage: DiscordStage;
beforeAll(async () => {
  stage = await discordStage();
});
afterAll(() => stage.close());

const upload = async () => ({
  bytes: await tinyPng(),
  name: 'cat.png',
  content_type: 'image/png',
  width: 1280,
  height: 720,
});

describe('from /animate to the clip', () => {
  test('a card, on it a thread named after the scene, and in it the clip, byte for byte', async () => {
    const { discord, ann } = stage;
    const where = stage.room();
    const deed = await stage.animate({ where, scene: '@everyone **waves** roll in', motion: 7, seed: 42 });
    const ack = await deed.acknowledged();
    expect(ack.isEphemeral).toBe(true);
    expect(ack.latencyMs).toBeLessThan(1_000);
    expect((await deed.answer()).content).toBe('Got it. Progress shows below.');

    const card = await stage.card(where);
    const { thread, clip } = await stage.delivered(card);
    expect(thread.name).toBe('@everyone **waves** roll in');
    expect(sha256Of(clip)).toEqual([CLIP_SHA256]);
    expect(clip.content).toBe(`<@${ann.id}> \\@everyone \\*\\*waves\\*\\* roll in`);
    expect(clip.flags & (1 << 15)).toBe(0);
    await discord.until(() => textOf(card.components).includes('Done'), 20_000);
    expect(textOf(card.components)).toContain('5 s · motion 7 · seed 42');
    expect(textOf(card.components)).toContain(`/${thread.id}/${clip.id}`);
    expect(card.attachments.map(({ filename }) => filename)).toEqual(['picture.jpg']);
    expect(stage.shown(where)).toHaveLength(1);
    expect(stage.shown(thread)).toHaveLength(1);
  });

  test('asked in a thread, all of it is there', async () => {
    const where = stage.discord.thread({ parent: stage.room() });
    await stage.animate({ where });
    const card = await stage.card(where);
    const clip = await stage.clip(where);
    expect(clip.replyTo).toBe(card.id);
  });

  test('asked in a forum post, all of it is there', async () => {
    const where = stage.discord.thread({ parent: stage.room({ type: ChannelType.GuildForum }) });
    await stage.animate({ where });
    expect((await stage.clip(where)).replyTo).toBe((await stage.card(where)).id);
  });

  test('asked in a direct message, the clip is a reply to the card', async () => {
    const where = stage.discord.dm(stage.ann);
    await stage.animate({ where });
    expect((await stage.clip(where)).replyTo).toBe((await stage.card(where)).id);
  });

  test('asked in a voice channel’s chat, where no thread can be, the clip is a reply', async () => {
    const where = stage.room({ type: ChannelType.GuildVoice });
    await stage.animate({ where });
    expect((await stage.clip(where)).replyTo).toBe((await stage.card(where)).id);
  });

  test('a card that is cancelled says so, and nobody is paid', async () => {
    const { discord, ann, service } = stage;
    const where = stage.room();
    const before = service.report().accepted.length;
    // While the picture does not come.
    discord.misbehave('cdn', ...Array<{ how: 'status'; status: number }>(4).fill({ how: 'status', status: 503 }));
    await stage.animate({ where });
    const card = await stage.card(where);
    expect((await discord.press(stage.member('stranger'), card, 'Cancel').answer()).content).toBe(
      'Only the person who asked for this clip can do that.',
    );
    // Heard in silence: the card alone says what becomes of it, and never two things at once.
    const { type } = await discord.press(ann, card, 'Cancel').acknowledged();
    expect(type).toBe(InteractionResponseType.DeferredMessageUpdate);
    await discord.until(() => textOf(card.components).includes('Cancelled'), 20_000);
    expect(textOf(card.components)).not.toContain('Stopping');
    expect(discord.messages(where).filter(({ content }) => content.includes('Stopping'))).toEqual([]);
    expect(service.report().accepted).toHaveLength(before);
  });
});

describe('Animate this picture', () => {
  const MENU = 'Animate this picture';

  test('asks for the scene and makes the clip, also of a picture that was forwarded', async () => {
    const { discord, ann } = stage;
    const from = stage.room();
    const original = discord.says(ann, from, { attachments: [discord.file(from, fileOf(await upload()))] });
    const where = stage.room();
    const message = discord.says(ann, where, { forwarded: original });
    const form = discord.menu({ user: ann, message, command: MENU });
    const sent = await discord.submit(form, { scene: 'slow zoom' });
    expect((await sent.answer()).content).toBe('Got it. Progress shows below.');
    const { clip } = await stage.delivered(await stage.card(where));
    expect(sha256Of(clip)).toEqual([CLIP_SHA256]);
  });

  test('asks which, where there are several; an embed’s picture is Discord’s copy of it', async () => {
    const { discord, ann } = stage;
    const where = stage.room();
    const embed = { type: 'image', image: discord.embedded(await upload()) };
    const attachments = [discord.file(where, fileOf(await upload()))];
    const message = discord.says(ann, where, { attachments, embeds: [embed] });
    const choice = discord.menu({ user: ann, message, command: MENU });
    const question = await choice.answer();
    const form = discord.press(ann, question, controlOf(question), ['1']);
    await (await discord.submit(form, { scene: 'slow zoom' })).acknowledged();
    await stage.delivered(await stage.card(where));
    expect(discord.report().downloads.at(-1)?.path).toContain('/external/');
  });

  test('says where there is no picture, and where it lies elsewhere', async () => {
    const { discord, ann } = stage;
    const where = stage.room();
    const bare = discord.says(ann, where, { content: 'hello' });
    expect((await discord.menu({ user: ann, message: bare, command: MENU }).answer()).content).toContain('no picture');
    const embeds = [{ type: 'image', image: { url: 'https://elsewhere.example/cat.png', width: 1280, height: 720 } }];
    const foreign = discord.says(ann, where, { embeds });
    expect((await discord.menu({ user: ann, message: foreign, command: MENU }).answer()).content).toContain(
      'outside Discord',
    );
  });
});

describe('under a clip', () => {
  test('Again pressed twice makes one more take with another seed; pressed later, one more', async () => {
    const { discord, ann } = stage;
    const where = stage.room();
    await stage.animate({ where, seed: 42 });
    const { thread, clip } = await stage.delivered(await stage.card(where));
    const presses = [discord.press(ann, clip, 'Again'), discord.press(ann, clip, 'Again')];
    for (const press of presses) expect((await press.answer()).content).toContain('Got it');
    await discord.until(
      () => stage.shown(thread).filter((it) => it.attachments[0]?.contentType === 'video/mp4').length === 2,
      30_000,
    );
    const second = cardsIn(thread)[0];
    expect(second && textOf(second.components)).not.toContain('seed 42');
    await discord.until(() => JSON.stringify(clip.components).includes(':v1"'));
    await discord.press(ann, clip, 'Again').acknowledged();
    await discord.until(() => cardsIn(thread).length === 2, 30_000);
  });

  test('Edit scene asks for other words, with the old ones in the form', async () => {
    const { discord, ann } = stage;
    const where = stage.room();
    await stage.animate({ where, scene: 'waves roll in' });
    const { thread, clip } = await stage.delivered(await stage.card(where));
    const form = discord.press(ann, clip, 'Edit scene');
    expect(JSON.stringify((await form.acknowledged()).modal)).toContain('waves roll in');
    await (await discord.submit(form, { scene: 'snow falls' })).acknowledged();
    const card = await discord.until(() => cardsIn(thread)[0], 20_000);
    expect(textOf(card.components)).toContain('snow falls');
  });

  test('Delete takes clip and card away, for the person who asked or a moderator', async () => {
    const { discord } = stage;
    const where = stage.room();
    await stage.animate({ where });
    const card = await stage.card(where);
    const { clip } = await stage.delivered(card);
    await discord.until(() => textOf(card.components).includes('Done'), 20_000);
    const stranger = await pressUnder(discord, stage.member('passer-by'), clip, 'Delete');
    expect((await stranger.answer()).content).toBe('Only the person who asked for this clip can do that.');
    const moderator = stage.member('moderator', 1n << 13n, 1n << 10n);
    expect((await (await pressUnder(discord, moderator, clip, 'Delete')).answer()).content).toBe('Deleted.');
    await discord.until(() => clip.deletedAt !== undefined && card.deletedAt !== undefined);
  });
});

test('/cancel stops the one clip under way, asks where there are several, and says where there is none', async () => {
  const { discord } = stage;
  const where = stage.room();
  const user = stage.member('hasty');
  expect((await discord.slash({ user, channel: where, command: 'cancel' }).answer()).content).toBe(
    'None of your clips is being made here.',
  );
  discord.misbehave(
    'cdn',
    { how: 'status', status: 503 },
    { how: 'status', status: 503 },
    { how: 'status', status: 503 },
  );
  await (await stage.animate({ user, where, scene: 'first' })).acknowledged();
  await (await stage.animate({ user, where, scene: 'second' })).acknowledged();
  const question = await discord.slash({ user, channel: where, command: 'cancel' }).answer();
  expect(JSON.stringify(question.components)).toContain('first');
  const select = controlOf(question);
  const stop = discord.press(user, question, select, [optionOf(question, 'first')]);
  expect((await stop.answer()).content).toBe('All right. Its own message says how it ends.');
});

test('/help says what to do, what it costs and which pictures', async () => {
  const { discord, ann, channel } = stage;
  const help = await discord.slash({ user: ann, channel, command: 'help' }).answer();
  for (const part of ['/animate', '/cancel', 'Apps → Animate this picture, ', '1 credit', '25 MB', '320 pixels'])
    expect(help.content).toContain(part);
});

test('in all of this only those who asked were pinged, nobody was refused for long, and no secret was told', () => {
  const { discord, ann } = stage;
  const report = discord.report();
  expect(report.unguarded).toEqual([]);
  expect(new Set(report.pings.map(({ who }) => who))).toEqual(new Set([ann.id]));
  expect(report.requests.filter(({ status }) => status === 401 || status === 403)).toEqual([]);
  expect(report.commandPuts).toBe(1);
  for (const secret of [discord.token, 'hm=', 'key-0123456789abcdef']) expect(stage.log()).not.toContain(secret);
});

const cardsIn = (where: { id: string }) => stage.shown(where).filter((it) => it.components[0]?.type === 17);

const fileOf = ({ bytes, name, content_type: type }: Awaited<ReturnType<typeof upload>>) => ({ bytes, name, type });

const controlOf = ({ components }: { components: unknown }): string =>
  /"custom_id":"([^"]+)"/.exec(JSON.stringify(components))?.[1] ?? '';

const optionOf = ({ components }: { components: unknown }, label: string): string =>
  new RegExp(`"value":"(\\w+)","label":"${label}"|"label":"${label}","value":"(\\w+)"`)
    .exec(JSON.stringify(components))
    ?.slice(1)
    .find((value) => value !== undefined) ?? '';
