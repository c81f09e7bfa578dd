import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { captioned, startStage, type TelegramStage } from '../../helpers/telegram.ts';

let stage: TelegramStage;
/** With privacy mode off the bot sees everything, and has to tell by itself what is not meant for it. */
describe.each([{ privacy: true }, { privacy: false }])('in groups, with %j', ({ privacy }) => {
  beforeAll(async () => {
    stage = await startStage({ telegram: { privacy } });
  });
  afterAll(() => stage.close());

  test('/animate answers a photo of anybody, and the clip answers that photo', async () => {
    const { tg, photo } = stage;
    const [ada, bob] = [tg.people.user(), tg.people.user({ name: 'Bob' })];
    for (const place of [tg.people.group({ members: [ada, bob] }), tg.people.supergroup({ members: [ada, bob] })]) {
      const theirs = await tg.people.sendPhoto({ from: bob, chat: place, bytes: photo, caption: 'my holidays' });
      tg.people.sendText({ from: ada, chat: place, text: '/animate the tide comes in', replyTo: theirs });
      const clip = await stage.untilClip(place);
      expect(clip.now).toMatchObject({
        caption: captioned('the tide comes in'),
        reply_to_message: { message_id: theirs.id },
      });
    }
  });

  test('a caption that begins with /animate or mentions the bot is a request', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const place = tg.people.supergroup({ members: [ada] });
    await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: '/animate one' });
    await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: '/animate@kinora_bot two seed=42' });
    await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: 'three @Kinora_bot shape=pad' });
    await tg.people.sendDocument({ from: ada, chat: place, bytes: photo, caption: '@kinora_bot four' });
    await stage.untilClip(place, 4);
    const tasks = await stage.recorded(place);
    expect(new Set(tasks.map(({ scene }) => scene))).toEqual(new Set(['one', 'two', 'three', 'four']));
    expect(tasks.find(({ scene }) => scene === 'two')?.options.seed).toBe(42);
    expect(tasks.find(({ scene }) => scene === 'three')?.options.fit).toBe('pad');
    expect(
      tasks.every(({ requester, place: { chat } }) => requester.id === `telegram:${ada.id}` && chat === `${place.id}`),
    ).toBe(true);
  });

  test('other people’s photos and words are left alone', async () => {
    const { tg, photo } = stage;
    const [ada, bob] = [tg.people.user(), tg.people.user()];
    const place = tg.people.supergroup({ members: [ada, bob] });
    await tg.people.sendPhoto({ from: bob, chat: place, bytes: photo, caption: 'look at this' });
    await tg.people.sendPhoto({ from: bob, chat: place, bytes: photo, caption: '/animate@other_bot this' });
    await tg.people.sendAlbum({ from: bob, chat: place, pictures: [photo, photo], caption: 'album' });
    tg.people.sendText({ from: bob, chat: place, text: 'nice, @someone' });
    const photoOfAda = await tg.people.sendPhoto({
      from: ada,
      chat: place,
      bytes: photo,
      caption: '@kinora_bot for once',
    });
    const clip = await stage.untilClip(place);
    expect(clip.now.reply_to_message?.message_id).toBe(photoOfAda.id);
    await tg.until(() => stage.said(place).length === 1);
    expect(stage.rendered('for once')).toHaveLength(1);
    expect(tg.report().videos.filter(({ chat }) => chat === place.id)).toHaveLength(1);
  });

  test('/animate without words asks, and only the one who asked can answer, by a reply', async () => {
    const { tg, photo } = stage;
    const [ada, bob] = [tg.people.user(), tg.people.user()];
    const place = tg.people.supergroup({ members: [ada, bob] });
    const theirs = await tg.people.sendPhoto({ from: bob, chat: place, bytes: photo });
    tg.people.sendText({ from: ada, chat: place, text: '/animate', replyTo: theirs });
    const question = await stage.untilSaid(place, /Reply to this message/);
    tg.people.sendText({ from: bob, chat: place, text: 'mine!', replyTo: question });
    tg.people.sendText({ from: ada, chat: place, text: 'the right one', replyTo: question });
    const back = await stage.untilSaid(place, /Shall I make this[\s\S]+the right one/);
    expect(await tg.people.press(back, 'Go (1 credit)', { from: bob })).toMatchObject({ alert: true });
    await tg.people.press(back, 'Go (1 credit)', { from: ada });
    const clip = await stage.untilClip(place);
    expect(clip.now).toMatchObject({
      caption: captioned('the right one'),
      reply_to_message: { message_id: theirs.id },
    });
    expect(tg.report().videos.filter(({ chat }) => chat === place.id)).toHaveLength(1);
  });

  test('/animate without a photo, and /help, say how it goes and what the bot sees', async () => {
    const { tg } = stage;
    const ada = tg.people.user();
    const place = tg.people.group({ members: [ada] });
    tg.people.sendText({ from: ada, chat: place, text: '/animate a cat' });
    await stage.untilSaid(
      place,
      /Reply to a photo with "\/animate[\s\S]*I (see only what is meant for me|can read all messages)/,
    );
    tg.people.sendText({ from: ada, chat: place, text: '/help@kinora_bot' });
    await tg.until(() => stage.said(place).length === 2);
  });

  test('of an album the addressed picture is taken and the rest mentioned', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const place = tg.people.supergroup({ members: [ada] });
    await tg.people.sendAlbum({ from: ada, chat: place, pictures: [photo, photo, photo], caption: '/animate wind' });
    await stage.untilClip(place);
    // With privacy mode on the others are not even seen.
    if (!privacy) await stage.untilSaid(place, /first picture of an album/);
    expect(stage.rendered('wind')).toHaveLength(1);
  });

  test('in a forum everything stays in the topic, and in General without one', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const forum = tg.people.supergroup({ members: [ada], forum: true });
    const topic = tg.people.topic(forum, 'Films');
    await tg.people.sendPhoto({ from: ada, chat: forum, topic, bytes: photo, caption: '/animate in the topic' });
    const there = await stage.untilClip(forum);
    expect(there.now).toMatchObject({ message_thread_id: topic.id, caption: captioned('in the topic') });
    await tg.people.sendPhoto({ from: ada, chat: forum, bytes: photo, caption: '/animate in general' });
    const general = await stage.untilClip(forum, 2);
    expect(general.now.message_thread_id).toBeUndefined();
  });

  test('channels are ignored politely', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const channel = tg.people.channel({ members: [ada], admin: true });
    await tg.people.sendPhoto({ from: ada, chat: channel, bytes: photo, caption: '@kinora_bot a channel' });
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'a person' });
    await stage.untilClip(ada);
    expect(stage.said(channel)).toEqual([]);
  });
});

test('where ALLOW names a group, its members may spend there what is left for today, and strangers nowhere', async () => {
  stage = await startStage({ settings: { ALLOW: 'telegram:-1001' } });
  try {
    const stranger = stage.tg.people.user();
    await stage.tg.people.sendPhoto({ from: stranger, bytes: stage.photo, caption: 'for nothing' });
    // The refusal has what its operator needs.
    await stage.untilSaid(stranger, new RegExp(`for ALLOW: telegram:${stranger.id}\\.$`));
    const place = stage.tg.people.supergroup({ members: [stranger] });
    await stage.restart('SIGTERM', { ALLOW: `telegram:${place.id}`, DAILY_PER_PERSON: '2' });
    await stage.tg.people.sendPhoto({ from: stranger, chat: place, bytes: stage.photo, caption: '/animate here' });
    await stage.untilSaid(place, /^You have 1 more clip today\.$/);
    await stage.untilClip(place);
    expect(stage.rendered()).toEqual(['here']);
  } finally {
    await stage.close();
  }
});

test('one clip in a group costs the card, its few edits, and the clip; nothing is said twice', async () => {
  stage = await startStage({ schedule: { ms: 6_000 } });
  try {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const place = tg.people.supergroup({ members: [ada] });
    await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: '/animate sparingly' });
    const card = await stage.untilSaid(place, /sparingly/);
    expect(card.now.reply_markup?.inline_keyboard[0]?.map(({ text }) => text)).toEqual(['Cancel']);
    await stage.untilDone(place);
    const { calls, refused } = tg.report();
    const made = calls.filter(({ chat }) => chat === `${place.id}`).map(({ method }) => method);
    const count = (name: string) => made.filter((method) => method === name).length;
    // The card, and the line that becomes the clip.
    expect(made[0]).toBe('sendMessage');
    expect(count('sendMessage')).toBe(2);
    expect(count('editMessageMedia')).toBe(1);
    expect(count('deleteMessage')).toBe(1);
    // At most one each four seconds, and none that changes nothing: Telegram would refuse it.
    expect(count('editMessageText')).toBeLessThanOrEqual(3);
    expect(refused).toEqual([]);
  } finally {
    await stage.close();
  }
});
