import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startStage, type TelegramStage, wordsOf } from '../../helpers/telegram.ts';

let stage: TelegramStage;
beforeAll(async () => {
  stage = await startStage({ telegram: { ephemeral: 'shown' } });
});
afterAll(() => stage.close());

const isRefusal = /None of your clips is being made here/;

describe('what is for the asker alone', () => {
  test('is seen by nobody else in a group, and spends no message of the chat', async () => {
    const { tg } = stage;
    const ada = tg.people.user();
    const place = tg.people.supergroup({ members: [ada] });
    tg.people.sendText({ from: ada, chat: place, text: '/cancel' });
    tg.people.sendText({ from: ada, chat: place, text: '/help' });
    await tg.until(() => tg.report().ephemeral.length === 2);
    expect(tg.report().ephemeral).toMatchObject([
      { chat: place.id, to: ada.id, text: expect.stringMatching(isRefusal) },
      { chat: place.id, to: ada.id, text: expect.stringContaining('/animate') },
    ]);
    expect(stage.said(place)).toEqual([]);
  });

  test('is said for a minute, without a sound, to who writes as a channel', async () => {
    const { tg } = stage;
    const ada = tg.people.user();
    const place = tg.people.supergroup({ members: [ada] });
    const channel = tg.people.channel({ members: [ada] });
    tg.people.sendText({ from: ada, chat: place, as: channel, text: '/cancel' });
    await stage.untilSaid(place, isRefusal);
  });
});

describe('a clip', () => {
  test('of a covered photo is covered, and so is its scene, which brings nothing to life', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    await tg.people.sendPhoto({
      from: ada,
      bytes: photo,
      caption: 'he was dead all along, ask @bob_the_ghost',
      spoiler: true,
    });
    const card = await stage.untilSaid(ada, /dead all along/);
    const scene = /he was dead.*/.exec(wordsOf(card))?.[0] ?? '';
    expect(card.now.entities).toContainEqual({
      type: 'spoiler',
      offset: wordsOf(card).indexOf(scene),
      length: scene.length,
    });
    const clip = await stage.untilClip(ada);
    expect(clip.now.has_media_spoiler).toBe(true);
    expect(clip.now.caption_entities).toContainEqual({ type: 'spoiler', offset: 0, length: scene.length });
    // What was understood of the scene tells of it.
    const facts = /5 s · motion.*/.exec(clip.now.caption ?? '');
    expect(clip.now.caption_entities).toContainEqual({
      type: 'spoiler',
      offset: facts?.index,
      length: facts?.[0].length,
    });
    for (const { entities = [], caption_entities = [] } of [card.now, clip.now])
      expect([...entities, ...caption_entities].map(({ type }) => type)).not.toContain('mention');
    // What is shared is not covered.
    expect((await tg.people.inlineQuery({ from: ada, query: '' })).results).toEqual([]);
    expect(clip.now.reply_markup?.inline_keyboard.flat().map(({ text }) => text)).not.toContain('Share');
  });

  test('is shared by its own button, by who asked for it', async () => {
    const { tg, photo } = stage;
    const [ada, bob] = [tg.people.user(), tg.people.user({ started: true })];
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'the first' });
    await stage.untilClip(ada);
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'the second' });
    const clip = await stage.untilClip(ada, 2);
    const share = clip.now.reply_markup?.inline_keyboard.flat().find(({ text }) => text === 'Share');
    const { query } = z.object({ query: z.string() }).parse(share?.switch_inline_query_chosen_chat);
    // Once it is on record as shown.
    await tg.until(() => stage.said(ada).every(({ now }) => now.video));
    const shared = await tg.people.inlineQuery({ from: ada, query });
    expect(shared.results.map(({ caption }) => caption)).toEqual(['the second']);
    expect((await tg.people.inlineQuery({ from: bob, query })).results).toEqual([]);
  });

  test('of somebody else’s photo in a group names who asked for it; that of one’s own does not', async () => {
    const { tg, photo } = stage;
    const [ada, bob] = [tg.people.user({ name: 'Ada' }), tg.people.user({ name: 'Bob' })];
    const place = tg.people.supergroup({ members: [ada, bob] });
    const theirs = await tg.people.sendPhoto({ from: bob, chat: place, bytes: photo });
    tg.people.sendText({ from: ada, chat: place, text: '/animate the tide', replyTo: theirs });
    const clip = await stage.untilClip(place);
    expect(wordsOf(clip)).toContain('the tide\nFor Ada');
    expect(clip.now.caption_entities).toContainEqual(expect.objectContaining({ type: 'text_mention', length: 3 }));
    await tg.people.sendPhoto({ from: bob, chat: place, bytes: photo, caption: '/animate mine' });
    expect(wordsOf(await stage.untilClip(place, 2))).not.toContain('For ');
  });

  test('where inline mode is off has no button to share it', async () => {
    const own = await startStage({ telegram: { inline: false } });
    try {
      const ada = own.tg.people.user();
      await own.tg.people.sendPhoto({ from: ada, bytes: own.photo, caption: 'fog' });
      const clip = await own.untilClip(ada);
      expect(clip.now.reply_markup?.inline_keyboard.flat().map(({ text }) => text)).not.toContain('Share');
    } finally {
      await own.close();
    }
  });
});

test('the bot says of itself what it does, once', async () => {
  const texts = () => stage.tg.report().commands.texts;
  await stage.tg.until(() => texts()['ShortDescription:'] !== undefined);
  expect(texts()['Description:']).toMatch(/^Send me a photo/);
  const { texts: changes } = stage.tg.report().commands.changes;
  await stage.restart('SIGTERM');
  const asked = stage.tg.report().counts.getMyShortDescription ?? 0;
  await stage.tg.until(() => (stage.tg.report().counts.getMyShortDescription ?? 0) > asked || asked > 1);
  expect(stage.tg.report().commands.changes.texts).toBe(changes);
});
