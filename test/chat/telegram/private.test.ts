import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { captioned, startStage, type TelegramStage, wordsOf } from '../../helpers/telegram.ts';

let stage: TelegramStage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const MB = 1024 * 1024;
/** Presses Go under what was said back. */
const go = async (person: { id: number }) =>
  stage.tg.people.press(await stage.untilSaid(person, /Shall I make this/), 'Go (1 credit)');

const QUESTION = /What should happen in this picture/;

describe('in a private chat', () => {
  test('a photo with a caption becomes a clip that answers it, and the card goes away', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const sent = await tg.people.sendPhoto({
      from: ada,
      bytes: photo,
      caption: 'waves roll in, slow zoom motion=7 10s',
    });
    const card = await stage.untilSaid(ada, /waves roll in/);
    expect(card.now.reply_to_message?.message_id).toBe(sent.id);

    const clip = await stage.untilClip(ada);
    expect(clip.now).toMatchObject({
      reply_to_message: { message_id: sent.id },
      caption: captioned('waves roll in, slow zoom'),
      video: { width: 1280, height: 720, duration: 10 },
    });
    const buttons = clip.now.reply_markup?.inline_keyboard.map((row) => row.map(({ text }) => text));
    expect(buttons).toEqual([
      ['Again', 'Edit scene', '⭐'],
      ['Share', 'More'],
    ]);
    await tg.until(() => card.deletedAt !== undefined);
    const shown = tg.report().videos.filter(({ chat }) => chat === ada.id);
    expect(shown).toMatchObject([{ how: 'edited in', as: 'video', squareTile: false, thumbnail: true }]);
    expect(clip.history[0]?.text).toBe('Your clip is ready.');
    expect(tg.report().counts.sendChatAction).toBeGreaterThan(0);
    expect(tg.report().refused).toEqual([]);
    const [task] = await stage.recorded(ada);
    expect(task?.options).toMatchObject({ motion: 7, duration: 10 });
    expect(task?.picture).toEqual({ type: 'upload' });
  });

  test('a photo without a caption is asked for its scene, and the answer is the scene, also after a restart', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const sent = await tg.people.sendPhoto({ from: ada, bytes: photo });
    await stage.untilSaid(ada, QUESTION);
    await stage.restart('SIGKILL');
    tg.people.sendText({ from: ada, text: 'the lamp flickers, hold' });
    await go(ada);
    const clip = await stage.untilClip(ada);
    expect(clip.now).toMatchObject({
      caption: captioned('the lamp flickers, hold'),
      reply_to_message: { message_id: sent.id },
    });
    tg.people.sendText({ from: ada, text: 'thank you' });
    await stage.untilSaid(ada, /Send me a photo with a caption/);
    expect(stage.rendered('the lamp')).toHaveLength(1);
  });

  test('a photo that is told again while it is asked about is still the one that the next words are for', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo });
    const told = tg.updates().at(-1);
    await stage.untilSaid(ada, QUESTION);
    if (told) tg.people.redeliver(told);
    tg.people.sendText({ from: ada, text: 'snow falls' });
    await go(ada);
    await stage.untilClip(ada);
    expect(stage.rendered('snow falls')).toHaveLength(1);
  });

  test('a caption added by editing is the scene too, once; a later edit is offered as another take', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const sent = await tg.people.sendPhoto({ from: ada, bytes: photo });
    await stage.untilSaid(ada, QUESTION);
    tg.people.edit(sent, 'leaves fall');
    await stage.untilClip(ada);
    tg.people.edit(sent, 'leaves fall slowly');
    const offer = await stage.untilSaid(ada, /Your caption changed[\s\S]*leaves fall slowly/);
    await tg.people.press(offer, 'No');
    tg.people.sendText({ from: ada, text: 'hello?' });
    await stage.untilSaid(ada, /Send me a photo with a caption/);
    expect(stage.rendered('leaves')).toEqual(['leaves fall']);
  });

  test('of two photos without words each is animated by the answer to its own question', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const first = await tg.people.sendPhoto({ from: ada, bytes: photo });
    const asked = await stage.untilSaid(ada, QUESTION);
    await tg.people.sendPhoto({ from: ada, bytes: photo });
    await tg.until(() => stage.said(ada).filter((message) => QUESTION.test(wordsOf(message))).length === 2);
    tg.people.sendText({ from: ada, text: 'about the first', replyTo: asked });
    expect((await stage.untilClip(ada)).now.reply_to_message?.message_id).toBe(first.id);
    tg.people.sendText({ from: ada, text: 'about the second' });
    await go(ada);
    expect((await stage.untilClip(ada, 2)).now.caption).toEqual(captioned('about the second'));
  });

  test('an empty line of options asks for the scene; a scene that is too long is refused, and the question stays', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'shape: pad, 10s' });
    await stage.untilSaid(ada, QUESTION);
    tg.people.sendText({ from: ada, text: 'x'.repeat(4_000) });
    await stage.untilSaid(ada, /The scene is too long \(4000 characters\)/);
    tg.people.sendText({ from: ada, text: 'a short one motion=77' });
    await stage.untilSaid(ada, /Motion goes from 1/);
    tg.people.sendText({ from: ada, text: 'a short one' });
    await go(ada);
    expect((await stage.untilClip(ada)).now.caption).toEqual(captioned('a short one'));
  });

  test('a picture sent as file is taken; one that is no picture or too large is refused before it is fetched', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const { file: before = 0 } = tg.report().counts;
    await tg.people.sendDocument({ from: ada, bytes: photo, caption: 'as a file' });
    expect((await stage.untilClip(ada)).now.caption).toEqual(captioned('as a file'));
    await tg.people.sendDocument({ from: ada, bytes: photo, caption: 'x', name: 'a.pdf', mime: 'application/pdf' });
    await stage.untilSaid(ada, /This is a PDF/);
    await tg.people.sendDocument({ from: ada, bytes: photo, size: 24 * MB });
    await stage.untilSaid(ada, /This file has 24 MB, and Telegram gives bots at most 20 MB/);
    expect(tg.report().counts.file).toBe(before + 1);
  });

  test('of an album the first picture is animated, and the rest is mentioned once', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const album = await tg.people.sendAlbum({ from: ada, pictures: [photo, photo, photo], caption: 'clouds pass' });
    const clip = await stage.untilClip(ada);
    expect(clip.now.reply_to_message?.message_id).toBe(album[0]?.id);
    tg.people.sendText({ from: ada, text: 'and?' });
    await stage.untilSaid(ada, /Send me a photo with a caption/);
    const mentions = stage.said(ada).filter((message) => /first picture of an album/.test(wordsOf(message)));
    expect(mentions).toHaveLength(1);
    expect(stage.rendered('clouds')).toHaveLength(1);
  });

  test('an album without words is asked about once; a caption of its second picture is the answer', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const silent = await tg.people.sendAlbum({ from: ada, pictures: [photo, photo] });
    await stage.untilSaid(ada, QUESTION);
    tg.people.sendText({ from: ada, text: 'rain' });
    await go(ada);
    expect((await stage.untilClip(ada)).now.reply_to_message?.message_id).toBe(silent[0]?.id);

    const mediaGroup = 'album-with-a-late-caption';
    const first = await tg.people.sendPhoto({ from: ada, bytes: photo, mediaGroup });
    await tg.people.sendPhoto({ from: ada, bytes: photo, mediaGroup, caption: 'snow' });
    const clip = await stage.untilClip(ada, 2);
    expect(clip.now).toMatchObject({ caption: captioned('snow'), reply_to_message: { message_id: first.id } });
    expect(stage.said(ada).filter((message) => QUESTION.test(wordsOf(message)))).toEqual([]);
  });

  test('text alone and commands get a short help', async () => {
    const { tg } = stage;
    for (const text of ['hello', '/start', '/help', '/animate a cat']) {
      const person = tg.people.user();
      tg.people.sendText({ from: person, text });
      await stage.untilSaid(person, /Send me a photo with a caption/);
      expect(stage.said(person)).toHaveLength(1);
    }
  });

  test('words that answer one of the photos are its scene', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const sent = await tg.people.sendPhoto({ from: ada, bytes: photo });
    await stage.untilSaid(ada, QUESTION);
    tg.people.sendText({ from: ada, text: 'the answer', replyTo: sent });
    await stage.untilClip(ada);
    tg.people.sendText({ from: ada, text: 'another take', replyTo: sent });
    expect((await stage.untilClip(ada, 2)).now).toMatchObject({
      caption: captioned('another take'),
      reply_to_message: { message_id: sent.id },
    });
    tg.people.sendText({ from: ada, text: 'hello' });
    await stage.untilSaid(ada, /Send me a photo with a caption/);
  });

  test('what people write stays what it is: no mention, no markup, no link, no command', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const bad = 'hey @someone_else see https://evil.example/x #tag /start <b>bold</b> *b* [a](http://b.example)';
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: bad });
    const clip = await stage.untilClip(ada);
    expect(clip.now.caption).toEqual(captioned(bad));
    const here = tg.report().chats.filter(({ id }) => id === ada.id);
    const all = here.flatMap(({ messages }) => messages.filter(({ byBot }) => byBot));
    const entities = all.flatMap(({ now, history }) =>
      [now, ...history].flatMap((each) => [...(each.entities ?? []), ...(each.caption_entities ?? [])]),
    );
    expect([...new Set(entities.map(({ type }) => type))]).toEqual(['code', 'expandable_blockquote']);
    // Nothing but what would come alive.
    const code = clip.now.caption_entities?.filter(({ type }) => type === 'code') ?? [];
    const marked = code.map(({ offset, length }) => bad.slice(offset, offset + length));
    expect(marked).toEqual([
      '@someone_else',
      'https://evil.example/x',
      '#tag',
      '/start',
      '<b>bold</b>',
      '[a](http://b.example)',
    ]);
    expect(tg.report().tokenLeaks).toEqual([]);
    expect(tg.report().paidBroadcasts).toBe(0);
  });

  test('in a private chat with topics everything stays in the topic', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user({ topics: true, started: true });
    const topic = tg.people.topic(ada, 'Clips');
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'in a topic', topic });
    expect((await stage.untilClip(ada)).now.message_thread_id).toBe(topic.id);
    expect(stage.said(ada).every(({ now }) => now.message_thread_id === topic.id)).toBe(true);
  });
});
