import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { captioned, startStage, type TelegramStage, wordsOf } from '../../helpers/telegram.ts';

let stage: TelegramStage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const HELP = /Send me a photo with a caption/;
const GROUP_HELP = /Reply to a photo with "\/animate/;

describe('what is said to the bot is answered, once', () => {
  test('ten stickers get one help, and a text after them another', async () => {
    const { tg } = stage;
    const ada = tg.people.user();
    for (let n = 0; n < 10; n++) tg.people.sendSticker({ from: ada });
    tg.people.sendText({ from: ada, text: '/nonsense now' });
    const unknown = await stage.untilSaid(ada, /I do not know/);
    expect(wordsOf(unknown)).toBe(
      'I do not know /nonsense. I know /animate, /clips, /show, /cancel, /quota, /settings, /privacy, /export, /forget, /help.',
    );
    expect(unknown.now.entities?.find(({ offset }) => offset === 'I do not know '.length)?.type).toBe('code');
    expect(stage.said(ada).filter((message) => HELP.test(wordsOf(message)))).toHaveLength(1);
    tg.people.sendText({ from: ada, text: 'how does this work?' });
    await tg.until(() => stage.said(ada).filter((message) => HELP.test(wordsOf(message))).length === 2);
  });

  test('in a group /help, /start and commands that there are not are answered where they name the bot', async () => {
    const { tg } = stage;
    const ada = tg.people.user();
    const place = tg.people.supergroup({ members: [ada] });
    tg.people.sendText({ from: ada, chat: place, text: '/help@kinora_bot' });
    await stage.untilSaid(place, GROUP_HELP);
    tg.people.sendText({ from: ada, chat: place, text: '/start@kinora_bot' });
    await tg.until(() => stage.said(place).filter((message) => GROUP_HELP.test(wordsOf(message))).length === 2);
    tg.people.sendText({ from: ada, chat: place, text: '/start@other_bot' });
    tg.people.sendText({ from: ada, chat: place, text: '/dance' });
    tg.people.sendText({ from: ada, chat: place, text: '/dance@kinora_bot' });
    await stage.untilSaid(place, /I do not know \/dance/);
    expect(stage.said(place)).toHaveLength(3);
  });

  test('added to a group it says what it is for, once, and nothing when it is made administrator', async () => {
    const { tg } = stage;
    const ada = tg.people.user();
    const place = tg.people.supergroup({ members: [ada] });
    tg.people.addBot(place);
    const [hello] = tg.updates().filter((update) => update.my_chat_member);
    await stage.untilSaid(place, GROUP_HELP);
    if (hello) tg.people.redeliver(hello);
    tg.people.makeBotAdmin(place);
    tg.people.kickBot(place);
    tg.people.addBot(place);
    tg.people.sendText({ from: ada, chat: place, text: '/dance@kinora_bot' });
    await stage.untilSaid(place, /I do not know/);
    expect(stage.said(place)).toHaveLength(2);
  });
});

describe('a picture whose caption begins with a command that there is not', () => {
  const rest = /^I do not know \/imagine, so I took the rest as what should happen\.$/;

  test('is animated as the rest says, and that is said, once', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const sent = await tg.people.sendPhoto({ from: ada, bytes: photo, caption: '/imagine swans land' });
    const told = await stage.untilSaid(ada, rest);
    expect(told.now).toMatchObject({ reply_to_message: { message_id: sent.id } });
    expect(told.now.entities).toContainEqual({ type: 'code', offset: 'I do not know '.length, length: 8 });
    expect((await stage.untilClip(ada)).now.caption).toEqual(captioned('swans land'));
    const [first] = tg.updates().filter(({ message }) => message?.message_id === sent.id);
    if (first) tg.people.redeliver(first);
    const place = tg.people.supergroup({ members: [ada] });
    await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: '/imagine@kinora_bot swans rise' });
    await stage.untilSaid(place, rest);
    expect((await stage.untilClip(place)).now.caption).toEqual(captioned('swans rise'));
    expect(stage.said(ada).filter((message) => rest.test(wordsOf(message)))).toHaveLength(1);
    await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: '/imagine swans of another bot' });
    await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: '/imagine@other_bot swans, too' });
    await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: '/animate swans sleep' });
    await stage.untilClip(place, 2);
    expect(stage.rendered('swans').toSorted()).toEqual(['swans land', 'swans rise', 'swans sleep']);
  });

  test('and nothing else is asked about, and the question says it', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: '/dance' });
    const question = await stage.untilSaid(ada, /^I do not know \/dance\.\nWhat should happen in this picture\?/);
    tg.people.sendText({ from: ada, text: 'geese dance', replyTo: question });
    expect((await stage.untilDone(ada)).now.caption).toEqual(captioned('geese dance'));
  });
});

describe('gestures that mean something', () => {
  test('Edit scene in a group opens the answer field of who pressed, and of nobody else', async () => {
    const { tg, photo } = stage;
    const [ada, bob] = [tg.people.user(), tg.people.user({ name: 'Bob <b>' })];
    const place = tg.people.supergroup({ members: [ada, bob] });
    await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: '/animate doves fly' });
    const clip = await stage.untilDone(place);
    await tg.people.press(clip, 'Edit scene', { from: bob });
    const question = await stage.untilSaid(place, /What should happen instead/);
    expect(question.answerField).toEqual([bob.id]);
    expect(wordsOf(question)).toMatch(/^Bob <b>: What should happen instead\?/);
    tg.people.sendText({ from: ada, chat: place, text: 'not mine to say', replyTo: question });
    // Go is pressed before the program knows the number of the line that it stands under.
    tg.misbehave('sendMessage', { how: 'late', ms: 2_000 });
    tg.people.sendText({ from: bob, chat: place, text: 'doves land', replyTo: question });
    await tg.people.press(await stage.untilSaid(place, /Shall I make this/), 'Go (1 credit)', { from: bob });
    expect((await stage.untilClip(place, 2)).now.caption).toEqual(captioned('doves land'));
    await tg.until(() => question.deletedAt !== undefined);
    expect(stage.rendered('not mine')).toEqual([]);
  });

  test('a reply to a photo of another chat animates that photo', async () => {
    const { tg, photo } = stage;
    const [ada, bob] = [tg.people.user(), tg.people.user()];
    const elsewhere = tg.people.supergroup({ members: [ada, bob] });
    const theirs = await tg.people.sendPhoto({ from: bob, chat: elsewhere, bytes: photo, caption: 'my boat' });
    const asked = tg.people.sendText({ from: ada, text: 'the boat sails off', replyElsewhere: theirs });
    const clip = await stage.untilDone(ada);
    expect(clip.now).toMatchObject({
      caption: captioned('the boat sails off'),
      reply_to_message: { message_id: asked.id },
    });
    const place = tg.people.group({ members: [ada] });
    tg.people.sendText({ from: ada, chat: place, text: '/animate it sinks', replyElsewhere: theirs });
    tg.people.sendText({ from: ada, chat: place, text: 'just words', replyElsewhere: theirs });
    expect((await stage.untilClip(place)).now.caption).toEqual(captioned('it sinks'));
    expect(stage.rendered('just words')).toEqual([]);
  });
});
