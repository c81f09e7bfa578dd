import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyComponent, textOf } from '../../fakes/discord/components.ts';
import type { Channel, Message } from '../../fakes/discord/world.ts';
import { type DiscordStage, discordStage, isClip, pressUnder } from '../../helpers/discord.ts';
import { tinyPng } from '../../helpers/pictures.ts';

let stage: DiscordStage;
beforeAll(async () => {
  stage = await discordStage();
});
afterAll(() => stage.close());

const clipsIn = (thread: { id: string }): Message[] => stage.shown(thread).filter(isClip);
const videosOn = (card: Message): unknown[] =>
  everyComponent(card.components).flatMap(({ type, items }) => (type === 12 && Array.isArray(items) ? items : []));

/** Several takes of a picture, their card and the thread that they come in. */
async function several(takes: number, where: Channel): Promise<{ card: Message; thread: Channel }> {
  const deed = await stage.animate({ where, takes, seed: 42 });
  expect((await deed.answer()).content).toBe(`Got it. Progress shows below. ${takes} takes cost ${takes} credits.`);
  const card = await stage.card(where);
  const thread = await stage.discord.until(() => stage.discord.threadOn(card), 30_000);
  await stage.discord.until(() => textOf(card.components).includes(`All ${takes} are here`), 30_000);
  return { card, thread };
}

describe('several takes', () => {
  test('have one card, which shows all clips in the end; each comes into its thread once, with its own buttons', async () => {
    const where = stage.room();
    const { card, thread } = await several(3, where);
    expect(stage.shown(where)).toEqual([card]);
    const clips = clipsIn(thread);
    expect(stage.shown(thread)).toEqual(clips);
    expect(clips.map(({ content }) => /take \d of 3.*seed \d+/.exec(content)?.[0]).toSorted()).toEqual([
      'take 1 of 3 · 5 s · motion 5 · seed 42',
      'take 2 of 3 · 5 s · motion 5 · seed 43',
      'take 3 of 3 · 5 s · motion 5 · seed 44',
    ]);
    expect(videosOn(card)).toHaveLength(3);
    for (const { id } of clips) expect(textOf(card.components)).toContain(`/${thread.id}/${id}`);
    expect(new Set(clips.map(({ components }) => JSON.stringify(components))).size).toBe(3);
    expect(textOf(card.components)).toContain('3 takes · 5 s · motion 5 · seeds from 42');
  });

  test('are starred, and taken back, one by one: the card shows those that are left', async () => {
    const { discord, ann } = stage;
    const where = stage.room();
    const { card, thread } = await several(2, where);
    const [first, second] = clipsIn(thread).toSorted((a, b) => (a.content < b.content ? -1 : 1));
    if (!first || !second) throw new Error('not both came');
    await discord.press(ann, second, '⭐').acknowledged();
    await discord.until(() => JSON.stringify(second.components).includes('⭐ 1'));
    expect(JSON.stringify(first.components)).not.toContain('⭐ 1');
    await (await pressUnder(discord, ann, second, 'Delete')).answer();
    await discord.until(() => textOf(card.components).includes('It is here'), 20_000);
    expect(videosOn(card)).toHaveLength(1);
    expect(clipsIn(thread)).toEqual([first]);
  });

  test('keep their card and its thread without the first of them, until the last is taken back', async () => {
    const { discord, ann } = stage;
    const where = stage.room();
    const { card, thread } = await several(2, where);
    const [first, second] = clipsIn(thread).toSorted((a, b) => (a.content < b.content ? -1 : 1));
    if (!first || !second) throw new Error('not both came');
    const { name } = thread;
    await (await pressUnder(discord, ann, first, 'Delete')).answer();
    await discord.until(() => textOf(card.components).includes('It is here'), 20_000);
    expect(videosOn(card)).toHaveLength(1);
    expect(clipsIn(thread)).toEqual([second]);
    expect([card.deletedAt, thread.name]).toEqual([undefined, name]);
    await (await pressUnder(discord, ann, second, 'Delete')).answer();
    await discord.until(() => card.deletedAt !== undefined && thread.name !== name, 30_000);
    expect(clipsIn(thread)).toEqual([]);
  });

  test('are all stopped from their card, by who asked for them alone', async () => {
    const { discord, ann, service } = stage;
    const where = stage.room();
    const before = service.report().accepted.length;
    // While the picture does not come.
    discord.misbehave('cdn', ...Array<{ how: 'status'; status: number }>(4).fill({ how: 'status', status: 503 }));
    await stage.animate({ where, takes: 4 });
    const card = await stage.card(where);
    const stranger = await discord.press(stage.member('stranger'), card, 'Cancel all').answer();
    expect(stranger.content).toBe('Only the person who asked for this clip can do that.');
    await discord.press(ann, card, 'Cancel all').acknowledged();
    await discord.until(() => textOf(card.components).includes('Cancelled'), 30_000);
    expect(service.report().accepted).toHaveLength(before);
    expect(stage.shown(where)).toEqual([card]);
  });

  test('said with the command stand, where a form asks for the rest', async () => {
    const { discord, ann } = stage;
    const where = stage.room();
    const deed = await discord.slash({ user: ann, channel: where, command: 'animate', options: { takes: 2 } });
    const picked = { bytes: await tinyPng(), name: 'cat.png', content_type: 'image/png', width: 1280, height: 720 };
    const sent = await discord.submit(deed, { scene: 'snow falls', image: [picked] });
    expect((await sent.answer()).content).toContain('2 takes cost 2 credits.');
    const card = await stage.card(where);
    await discord.until(() => textOf(card.components).includes('All 2 are here'), 30_000);
  });
});

test('whether the picture begins or ends the clip is an option of the command', async () => {
  const where = stage.room();
  await stage.animate({ where, scene: 'the sun sets', frame: 'last' });
  await stage.delivered(await stage.card(where));
  const { accepted } = stage.service.report();
  expect(accepted.find(({ scene }) => scene === 'the sun sets')?.asked).toEqual({ endFrame: true });
});
