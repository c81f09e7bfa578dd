import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { captioned, type SeenMessage, startStage, type TelegramStage, wordsOf } from '../../helpers/telegram.ts';

let stage: TelegramStage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const QUESTION = /What should happen in this picture/;
const HELP = /Send me a photo with a caption/;
const SAID_BACK = /Shall I make this/;

const labelsOf = ({ now }: SeenMessage): string[][] =>
  (now.reply_markup?.inline_keyboard ?? []).map((row) => row.map(({ text }) => text));

/** Makes one more clip for somebody, so that all that was said before was certainly heard. */
async function untilHeard(from: { id: number }): Promise<void> {
  const text = `/nothing_${Date.now()}`;
  stage.tg.people.sendText({ from, text });
  await stage.untilSaid(from, new RegExp(`I do not know ${text}`));
}

describe('a word is an answer only where it answers', () => {
  test('the next message is, and where a clip costs something it is said back first', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const sent = await tg.people.sendPhoto({ from: ada, bytes: photo });
    const question = await stage.untilSaid(ada, QUESTION);
    tg.people.sendText({ from: ada, text: 'a boat arrives' });
    const back = await stage.untilSaid(ada, SAID_BACK);
    expect(wordsOf(back)).toContain('a boat arrives');
    expect(stage.rendered('a boat')).toEqual([]);
    await tg.until(() => question.deletedAt !== undefined);
    // Other words take their place.
    tg.people.sendText({ from: ada, text: 'a boat leaves' });
    const other = await stage.untilSaid(ada, /a boat leaves/);
    await tg.until(() => back.deletedAt !== undefined);
    await stage.restart();
    await tg.people.press(other, 'Go (1 credit)');
    const clip = await stage.untilDone(ada);
    expect(clip.now).toMatchObject({ caption: captioned('a boat leaves'), reply_to_message: { message_id: sent.id } });
    expect(stage.rendered('a boat')).toEqual(['a boat leaves']);
  });

  test('who is quicker than the news that the question was put leaves none behind', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    tg.misbehave('sendMessage', { how: 'late', ms: 1_000 });
    await tg.people.sendPhoto({ from: ada, bytes: photo });
    const question = await stage.untilSaid(ada, QUESTION);
    tg.people.sendText({ from: ada, text: 'a swan lands' });
    const back = await stage.untilSaid(ada, SAID_BACK);
    await tg.until(() => question.deletedAt !== undefined);
    await tg.people.press(back, 'Go (1 credit)');
    await stage.untilDone(ada);
    await tg.until(() => back.deletedAt !== undefined);
  });

  test('a reply to the question is made at once', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo });
    const question = await stage.untilSaid(ada, QUESTION);
    tg.people.sendText({ from: ada, text: 'a kite rises', replyTo: question });
    expect((await stage.untilDone(ada)).now.caption).toEqual(captioned('a kite rises'));
  });

  test('thanks for another clip are none, nor is what comes after something else or too late', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'the first' });
    const clip = await stage.untilDone(ada);
    await tg.people.sendPhoto({ from: ada, bytes: photo });
    const question = await stage.untilSaid(ada, QUESTION);
    tg.people.sendText({ from: ada, text: 'thanks, lovely!', replyTo: clip });
    const back = await stage.untilSaid(ada, SAID_BACK);
    await tg.people.press(back, 'No');
    tg.people.sendText({ from: ada, text: 'and what is that' });
    await stage.untilSaid(ada, HELP);
    await untilHeard(ada);
    expect(stage.rendered()).not.toContain('thanks, lovely!');
    expect(question.deletedAt).toBeUndefined();
    tg.people.sendText({ from: ada, text: 'now I know', replyTo: question });
    await stage.untilClip(ada, 2);
    expect(stage.rendered('now I know')).toHaveLength(1);
  });

  test('after /cancel nothing is, and never mind makes nothing', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo });
    const question = await stage.untilSaid(ada, QUESTION);
    tg.people.sendText({ from: ada, text: '/cancel' });
    await stage.untilSaid(ada, /^All right, nothing is made of it/);
    await tg.until(() => question.deletedAt !== undefined);
    tg.people.sendText({ from: ada, text: 'never mind' });
    await stage.untilSaid(ada, HELP);
    await untilHeard(ada);
    expect(stage.rendered('never mind')).toEqual([]);
  });

  test('in a group only a reply is, and /cancel closes the question', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const place = tg.people.supergroup({ members: [ada] });
    await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: '/animate' });
    const question = await stage.untilSaid(place, /Reply to this message/);
    expect(question.answerField).toEqual([ada.id]);
    tg.people.sendText({ from: ada, chat: place, text: '/cancel@kinora_bot' });
    await stage.untilSaid(place, /nothing is made of it/);
    expect(stage.rendered('')).not.toContain('');
  });
});

describe('in a group, where a question has an answer field in place of buttons', () => {
  test('the answer is said back with length, motion and shape, which only the asker chooses', async () => {
    const { tg, photo } = stage;
    const [ada, bob] = [tg.people.user(), tg.people.user()];
    const place = tg.people.supergroup({ members: [ada, bob] });
    await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: '/animate' });
    const question = await stage.untilSaid(place, QUESTION);
    tg.people.sendText({ from: ada, chat: place, text: 'hail falls', replyTo: question });
    const back = await stage.untilSaid(place, SAID_BACK);
    await tg.until(() => question.deletedAt !== undefined);
    expect(labelsOf(back)).toEqual([
      ['Length: 5 seconds', 'Motion: 5'],
      ['Shape: automatic', 'Takes: 1'],
      ['Fit: cut to shape'],
      ['Frame: begins with it'],
      ['Go (1 credit)', 'No'],
    ]);
    expect(await tg.people.press(back, 'Length: 5 seconds', { from: bob })).toMatchObject({ alert: true });
    await tg.people.press(back, 'Fit: cut to shape', { from: ada });
    await tg.until(() => labelsOf(back)[2]?.[0] === 'Fit: add blurred edges');
    tg.people.sendText({ from: ada, chat: place, text: 'hail melts', replyTo: back });
    const other = await stage.untilSaid(place, /hail melts/);
    await tg.until(() => back.deletedAt !== undefined);
    await tg.people.press(other, 'Go (1 credit)', { from: ada });
    expect((await stage.untilDone(place)).now.caption).toEqual(captioned('hail melts'));
    const tasks = await stage.recorded(place);
    expect(tasks).toMatchObject([{ scene: 'hail melts', options: { fit: 'pad', duration: 5 } }]);
  });

  test('"-" lets the picture move by itself', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const place = tg.people.supergroup({ members: [ada] });
    await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: '/animate motion=3' });
    const question = await stage.untilSaid(place, /or with "-" to let it move by itself/);
    tg.people.sendText({ from: ada, chat: place, text: '-', replyTo: question });
    const back = await stage.untilSaid(place, /Shall I make this[\s\S]+\nmoves by itself$/);
    await tg.people.press(back, 'Go (1 credit)');
    await stage.untilDone(place);
    expect(await stage.recorded(place)).toMatchObject([{ scene: '', options: { motion: 3 } }]);
  });

  test('who writes as a channel, and could press nothing, has the clip at once', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const place = tg.people.supergroup({ members: [ada] });
    const channel = tg.people.channel({ members: [ada] });
    await tg.people.sendPhoto({ from: ada, chat: place, as: channel, bytes: photo, caption: '/animate' });
    tg.people.sendText({
      from: ada,
      chat: place,
      as: channel,
      text: 'snow',
      replyTo: await stage.untilSaid(place, QUESTION),
    });
    expect((await stage.untilDone(place)).now.caption).toEqual(captioned('snow'));
  });
});

describe('under a question', () => {
  test('length, motion and shape are chosen by buttons, and Go says what it costs', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'motion=3' });
    const question = await stage.untilSaid(ada, QUESTION);
    expect(labelsOf(question)).toEqual([
      ['Length: 5 seconds', 'Motion: 3'],
      ['Shape: automatic', 'Takes: 1'],
      ['Fit: cut to shape'],
      ['Frame: begins with it'],
      ['Let it move by itself (1 credit)'],
    ]);
    await tg.people.press(question, 'Length: 5 seconds');
    await tg.until(() => labelsOf(question)[0]?.[0] === 'Length: 10 seconds');
    await tg.people.press(question, 'Shape: automatic');
    await tg.until(() => labelsOf(question)[1]?.[0] === 'Shape: wide (16:9)');
    await tg.people.press(question, 'Shape: wide (16:9)');
    await tg.until(() => labelsOf(question)[1]?.[0] === 'Shape: tall (9:16)');
    await tg.people.press(question, 'Fit: cut to shape');
    await tg.until(() => labelsOf(question)[2]?.[0] === 'Fit: add blurred edges');
    tg.people.sendText({ from: ada, text: 'leaves turn' });
    const back = await stage.untilSaid(ada, SAID_BACK);
    await tg.people.press(back, 'Motion: 3');
    await tg.until(() => labelsOf(back)[0]?.[1] === 'Motion: 5');
    await Promise.all([tg.people.press(back, 'Go (1 credit)'), tg.people.press(back, 'Go (1 credit)')]);
    await stage.untilDone(ada);
    const [task, ...others] = await stage.recorded(ada);
    expect(others).toEqual([]);
    expect(task).toMatchObject({
      scene: 'leaves turn',
      options: { duration: 10, shape: 'tall', fit: 'pad', motion: 5 },
    });
  });

  test('a picture may move by itself', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const before = stage.rendered().filter((scene) => scene === '').length;
    await tg.people.sendPhoto({ from: ada, bytes: photo });
    await tg.people.press(await stage.untilSaid(ada, QUESTION), 'Let it move by itself (1 credit)');
    const clip = await stage.untilDone(ada);
    expect(clip.now.caption).toMatch(/^5 s · motion \d+ · seed \d+$/);
    await tg.people.press(clip, 'Again');
    await stage.untilClip(ada, 2);
    expect(stage.rendered().filter((scene) => scene === '')).toHaveLength(before + 2);
    const { results } = await tg.people.inlineQuery({ from: ada, query: '' });
    expect(results[0]).toMatchObject({ title: 'moves by itself' });
  });

  test('only who was asked may press, and nothing that no button says', async () => {
    const { tg, photo } = stage;
    const [ada, bob] = [tg.people.user(), tg.people.user()];
    await tg.people.sendPhoto({ from: ada, bytes: photo });
    const question = await stage.untilSaid(ada, QUESTION);
    const known = question.now.reply_markup?.inline_keyboard[0]?.[0]?.callback_data ?? '';
    const forged = (data: string, from = ada) =>
      tg.people.press(question, data.replace('ask:', known.slice(0, 'ask:0123456789abcdef:'.length)), {
        from,
        forged: true,
      });
    expect(await forged('ask:wordless', bob)).toMatchObject({ text: /only the person who was asked/i, alert: true });
    expect((await tg.people.press(question, 'ask:0123456789abcdef:wordless', { forged: true })).text).toMatch(/closed/);
    for (const data of ['ask:go', 'ask:set:motion:99', 'ask:set:seed:7', 'ask:set:image:1', 'ask:set:', 'ask:x'])
      await forged(data);
    tg.people.sendText({ from: ada, text: 'still open', replyTo: question });
    await stage.untilDone(ada);
    const [task] = await stage.recorded(ada);
    expect(task).toMatchObject({ scene: 'still open', options: { motion: 5 } });
  });

  test('previews cost nothing: an answer is made at once, but words to a clip, or its card, wait for Go', async () => {
    const of = await startStage({ settings: { API_KEYS: '', ALLOW: '' } });
    try {
      const ada = of.tg.people.user();
      await of.tg.people.sendPhoto({ from: ada, bytes: of.photo });
      expect(labelsOf(await of.untilSaid(ada, QUESTION)).at(-1)).toEqual(['Let it move by itself']);
      of.tg.people.sendText({ from: ada, text: 'zoom in' });
      const card = await of.untilSaid(ada, /zoom in/);
      of.tg.people.sendText({ from: ada, text: 'thanks', replyTo: card });
      const back = await of.untilSaid(ada, SAID_BACK);
      of.tg.people.sendText({ from: ada, text: 'oh, sorry' });
      await of.untilSaid(ada, /oh, sorry/);
      await of.tg.until(() => back.deletedAt !== undefined);
      const place = of.tg.people.supergroup({ members: [ada] });
      await of.tg.people.sendPhoto({ from: ada, chat: place, bytes: of.photo, caption: '/animate' });
      const there = await of.untilSaid(place, QUESTION);
      of.tg.people.sendText({ from: ada, chat: place, text: 'von selbst', replyTo: there });
      await of.untilSaid(place, /moves by itself/);
      expect((await of.recorded(ada)).map(({ scene }) => scene)).toEqual(['zoom in']);
      expect((await of.recorded(place)).map(({ scene }) => scene)).toEqual(['']);
    } finally {
      await of.close();
    }
  });

  test('where the operator says so a caption waits for Go as well', async () => {
    const of = await startStage({ settings: { TELEGRAM_CONFIRM: '1', DAILY_PER_PERSON: '3' } });
    try {
      const ada = of.tg.people.user();
      const sent = await of.tg.people.sendPhoto({ from: ada, bytes: of.photo, caption: 'rain falls motion=2' });
      const back = await of.untilSaid(ada, SAID_BACK);
      expect(wordsOf(back)).toContain('rain falls');
      await of.restart();
      const { text } = await of.tg.people.press(back, 'Go (1 credit)');
      expect(text).toBe('Your clip is on its way. You have 2 more clips today.');
      expect((await of.untilDone(ada)).now).toMatchObject({
        caption: captioned('rain falls'),
        reply_to_message: { message_id: sent.id },
      });
    } finally {
      await of.close();
    }
  });
});
