import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { captioned, startStage, type TelegramStage, wordsOf } from '../../helpers/telegram.ts';

let stage: TelegramStage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const QUESTION = /What should happen in this picture/;
const HELP = /Send me a photo with a caption/;
const HOUR_MS = 3_600_000;

describe('what people do that nobody thought of', () => {
  test('options that stood alone in the caption go with the answer, which may change them', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'shape=9:16 fit=pad 10s motion=3' });
    const question = await stage.untilSaid(ada, QUESTION);
    tg.people.sendText({ from: ada, text: 'sails fill motion=8', replyTo: question });
    await stage.untilClip(ada);
    const [task] = await stage.recorded(ada);
    expect(task?.options).toMatchObject({ shape: 'tall', fit: 'pad', duration: 10, motion: 8 });
  });

  test('an answer to the clip itself is no request to animate the clip', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'kites rise' });
    const clip = await stage.untilDone(ada);
    await tg.people.press(clip, 'Edit scene');
    await stage.untilSaid(ada, /What should happen instead/);
    tg.people.sendText({ from: ada, text: 'kites fall', replyTo: clip });
    await tg.people.press(await stage.untilSaid(ada, /Shall I make this\?[\s\S]*kites fall/), 'Go (1 credit)');
    const second = await stage.untilClip(ada, 2);
    expect(second.now).toMatchObject({ caption: captioned('kites fall'), reply_to_message: clip.now.reply_to_message });
    tg.people.sendText({ from: ada, text: '/animate kites rest', replyTo: second });
    expect((await stage.untilClip(ada, 3)).now.caption).toEqual(captioned('kites rest'));
  });

  test('in a group /animate to a clip is another scene for it, and without words asks for one', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const place = tg.people.supergroup({ members: [ada] });
    await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: '/animate bells ring' });
    const clip = await stage.untilDone(place);
    tg.people.sendText({ from: ada, chat: place, text: '/animate once more', replyTo: clip });
    expect((await stage.untilClip(place, 2)).now).toMatchObject({
      caption: captioned('once more'),
      reply_to_message: clip.now.reply_to_message,
    });
    tg.people.sendText({ from: ada, chat: place, text: 'thank you', replyTo: clip });
    tg.people.sendText({ from: ada, chat: place, text: '@kinora_bot', replyTo: clip });
    const question = await stage.untilSaid(place, /What should happen instead/);
    expect(question.answerField).toEqual([ada.id]);
    expect(stage.rendered('thank')).toEqual([]);
  });

  test('a caption edited a day later, when all of it is forgotten, begins nothing', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const sent = await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'ice melts' });
    const clip = await stage.untilDone(ada);
    await tg.people.press(clip, 'Delete');
    await tg.until(() => stage.said(ada).length === 0);
    tg.advance(25 * HOUR_MS);
    tg.people.edit(sent, 'ice melts!');
    tg.people.sendText({ from: ada, text: 'hello' });
    await stage.untilSaid(ada, HELP);
    expect(stage.rendered('ice')).toEqual(['ice melts']);
  });

  test('a large video is told to be a video, not to be sent as a photo', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    await tg.people.sendDocument({
      from: ada,
      bytes: photo,
      caption: 'x',
      name: 'a.mp4',
      mime: 'video/mp4',
      size: 30 * 1024 * 1024,
    });
    await tg.until(() => stage.said(ada)[0]);
    expect(stage.said(ada).map(wordsOf)).toEqual([expect.stringMatching(/video/)]);
  });

  test('an album whose scene is refused is refused once; the caption made right is the request', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const album = await tg.people.sendAlbum({
      from: ada,
      pictures: [photo, photo, photo],
      caption: 'snow motion=99',
    });
    await stage.untilSaid(ada, /Motion goes from 1/);
    tg.people.sendText({ from: ada, text: 'and?' });
    await stage.untilSaid(ada, HELP);
    expect(stage.said(ada)).toHaveLength(2);
    if (album[0]) tg.people.edit(album[0], 'snow motion=9');
    const clip = await stage.untilClip(ada);
    expect(clip.now).toMatchObject({ caption: captioned('snow'), reply_to_message: { message_id: album[0]?.id } });
  });

  test('an answer that Telegram does not take is tried again', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    tg.misbehave('sendMessage', { how: 'status', status: 500 }, { how: 'status', status: 429, retryAfter: '1' });
    await tg.people.sendPhoto({ from: ada, bytes: photo });
    await stage.untilSaid(ada, QUESTION);
  });

  test('while Telegram is slow to delete, or to say who moderates, others are answered', async () => {
    const { tg, photo } = stage;
    const [ada, bob, eve] = [tg.people.user(), tg.people.user(), tg.people.user()];
    const place = tg.people.supergroup({ members: [bob, ada, eve] });
    await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: '/animate a slow river' });
    const clip = await stage.untilDone(place);
    tg.misbehave('getChatMember', { how: 'late', ms: 10_000 });
    tg.misbehave('deleteMessage', { how: 'late', ms: 10_000 });
    const presses = Promise.all([eve, ada].map((from) => tg.people.press(clip, 'Delete', { from })));
    await tg.until(() => (tg.report().counts.deleteMessage ?? 0) > 0 && (tg.report().counts.getChatMember ?? 0) > 0);
    const began = Date.now();
    tg.people.sendText({ from: bob, text: 'hello' });
    await stage.untilSaid(bob, HELP);
    expect(Date.now() - began).toBeLessThan(5_000);
    const [hers] = await presses;
    expect(hers?.alert).toBe(true);
  }, 30_000);
});
