import { ComponentType } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyComponent, textOf } from '../../fakes/discord/components.ts';
import type { Message } from '../../fakes/discord/world.ts';
import { type DiscordStage, discordStage } from '../../helpers/discord.ts';
import { tinyPng } from '../../helpers/pictures.ts';

let stage: DiscordStage;
beforeAll(async () => {
  stage = await discordStage();
});
afterAll(() => stage.close());

const done = (card: Message) => stage.discord.until(() => textOf(card.components).includes('Done'), 20_000);
const mediaOf = ({ components }: Message) =>
  everyComponent(components).flatMap(({ type, items, spoiler }) =>
    type === ComponentType.Thumbnail ? [{ spoiler }] : Array.isArray(items) ? items : [],
  );

/** Card, thread and clip of a picture that was posted so. */
async function way(picture: object, options: object = {}) {
  const where = stage.room();
  await stage.animate({ where, scene: 'she opens the box', picture, ...options });
  const card = await stage.card(where);
  const { thread, clip } = await stage.delivered(card);
  await done(card);
  return { where, card, thread, clip };
}

describe('a picture that was posted as a spoiler', () => {
  test.each([
    ['by its mark', { spoiler: true }, {}],
    ['by its name', { name: 'SPOILER_cat.png' }, {}],
    ['or a clip that was asked for as one', {}, { spoiler: true }],
  ])('%s: card, thumbnail, thread and clip are covered', async (_how, picture, options) => {
    const { card, thread, clip } = await way(picture, options);
    expect(clip.attachments).toMatchObject([{ contentType: 'video/mp4', spoiler: true }]);
    expect(clip.content).toContain('||she opens the box||');
    expect(card.attachments).toMatchObject([{ contentType: 'image/jpeg', spoiler: true }]);
    expect(textOf(card.components)).toContain('||**she opens the box**||');
    expect(textOf(card.components)).toMatch(/^-# \|\|5 s · .*\|\|$/m);
    expect(mediaOf(card).map(({ spoiler }) => spoiler)).toEqual([true, true]);
    expect(thread.name).toBe('Clip');
  });

  test('stays covered where it is chosen from the menu of its message', async () => {
    const { discord, ann } = stage;
    const where = stage.room();
    const file = discord.file(where, { bytes: await tinyPng(), name: 'cat.png', type: 'image/png' }, { spoiler: true });
    const message = discord.says(ann, where, { attachments: [file] });
    await discord.submit(discord.menu({ user: ann, message, command: 'Animate this picture' }), {
      scene: 'she smiles',
    });
    expect((await stage.delivered(await stage.card(where))).clip.attachments).toMatchObject([{ spoiler: true }]);
  });

  test('is uncovered where the person says so', async () => {
    const { card, clip } = await way({ spoiler: true }, { spoiler: false });
    expect(clip.attachments[0]?.spoiler).toBeUndefined();
    expect(JSON.stringify([clip.content, card.components])).not.toContain('||');
  });
});

describe('a card in the channel of a clip in a thread', () => {
  test('shows the clip, and puts the thread away after an hour', async () => {
    // Which is not read at once.
    stage.discord.misbehave('getMessage', { how: 'status', status: 502 });
    const { card, thread } = await way({});
    const shown = mediaOf(card).flatMap(({ media }) => (media ? [media.url] : []));
    expect(shown).toHaveLength(1);
    expect(stage.discord.serves(shown[0])).toBe(true);
    expect(thread.thread?.autoArchiveMinutes).toBe(60);
  });

  test('links to it where it cannot be read', async () => {
    const { discord } = stage;
    const where = stage.room();
    await stage.animate({ where });
    const card = await stage.card(where);
    const { thread, clip } = await stage.delivered(card);
    discord.misbehave('getMessage', { how: 'status', status: 404, body: { code: 10008, message: 'Unknown Message' } });
    await done(card);
    expect(textOf(card.components)).toContain(`/${thread.id}/${clip.id}`);
  });

  test('shows its last frame where Discord takes no address of a clip', async () => {
    const { discord } = stage;
    discord.rules.linkedMedia = 'refused';
    const { card } = await way({}, { spoiler: true });
    discord.rules.linkedMedia = 'taken';
    expect(card.attachments).toMatchObject([{ contentType: 'image/jpeg', width: 720, spoiler: true }]);
    expect(mediaOf(card)).toMatchObject([{ spoiler: true }]);
    expect(textOf(card.components)).toContain('Here is the clip');
  });

  test('has its picture sent along once', async () => {
    const { card } = await way({});
    expect(card.revisions.filter(({ files }) => files.length > 0).at(-1)?.files).toEqual(['picture.jpg']);
    expect(new Set(card.attachments.map(({ id }) => id)).size).toBe(1);
    const uploads = stage.discord.report().requests.filter(({ path, uploads }) => uploads && path.endsWith(card.id));
    expect(uploads.length).toBeLessThanOrEqual(1);
  });
});

test('of the links that people write none is unfolded, an invitation without any scheme neither', async () => {
  const { discord } = stage;
  const scene = 'join discord.gg/abc, https://evil.example/x or discord.com/invite/abc. Version 1.5 of it.';
  const where = stage.room();
  await stage.animate({ where, scene });
  const { clip } = await stage.delivered(await stage.card(where));
  expect(clip.content).toContain('discord\\.gg/abc');
  expect(discord.report().unfurled).toEqual([]);
});

test('no time is told that can pass: the rest of the wait is said in words', async () => {
  const { card } = await way({});
  expect(JSON.stringify(card.revisions)).not.toContain('<t:');
});

test('no edit of a card repeats what stands there', async () => {
  const { card } = await way({});
  const shown = card.revisions.map(({ content, components, files }) => JSON.stringify([content, components, files]));
  expect(shown.length).toBeGreaterThan(1);
  expect(shown.filter((each, n) => each === shown[n - 1])).toEqual([]);
});

test('AutoMod is shown the words that it refused once', async () => {
  const { discord } = stage;
  discord.rules.blockedWords = ['heron'];
  const alerts = () => discord.report().requests.filter(({ code }) => code === 200000).length;
  const before = alerts();
  const where = stage.room();
  await stage.animate({ where, scene: 'a heron flies' });
  const card = await stage.card(where);
  const { clip } = await stage.delivered(card);
  await done(card);
  for (const text of [clip.content, textOf(card.components)]) expect(text).toContain('may not be shown here');
  expect(alerts() - before).toBe(1);
  discord.rules.blockedWords = [];
});
