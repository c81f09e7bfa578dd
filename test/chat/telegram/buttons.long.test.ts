import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { captioned, type SeenMessage, startStage, type TelegramStage, wordsOf } from '../../helpers/telegram.ts';

let stage: TelegramStage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const clipsIn = (chat: { id: number }): number =>
  stage.tg.report().videos.filter((video) => video.chat === chat.id).length;

const dataOf = (message: SeenMessage, label: string): string | undefined =>
  message.now.reply_markup?.inline_keyboard.flat().find(({ text }) => text === label)?.callback_data;
const isPress = ({ callback_query: press }: { callback_query?: unknown }) => press !== undefined;

describe('buttons on Telegram', () => {
  test('Again makes one more clip for each press, also after a restart; redelivered presses make none', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const sent = await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'fog drifts' });
    const clip = await stage.untilClip(ada);
    // In order: a kill before the clip is on record has its message edited once more, with its first numbers.
    await stage.restart('SIGTERM');

    const before = dataOf(clip, 'Again');
    expect(await tg.people.press(clip, 'Again')).toMatchObject({ text: 'Your clip is on its way.' });
    await stage.untilClip(ada, 2);
    await tg.until(() => dataOf(clip, 'Again') !== before);
    const press = tg.updates().findLast(isPress);
    if (!press) throw new Error('no press');
    const { answerCallbackQuery: answered = 0 } = tg.report().counts;
    tg.people.redeliver(press);
    await tg.until(() => (tg.report().counts.answerCallbackQuery ?? 0) > answered);
    expect(clipsIn(ada)).toBe(2);

    await tg.people.press(clip, 'Again');
    const third = await stage.untilClip(ada, 3);
    expect(third.now).toMatchObject({ caption: captioned('fog drifts'), reply_to_message: { message_id: sent.id } });
    const tasks = await stage.recorded(ada);
    expect(new Set(tasks.map(({ options }) => options.seed)).size).toBe(3);
  });

  test('pressing twice at once is once', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'fog drifts' });
    const clip = await stage.untilClip(ada);
    const texts = await Promise.all([tg.people.press(clip, 'Again'), tg.people.press(clip, 'Again')]);
    expect(texts.map(({ text }) => text).sort()).toEqual(['It is on its way already.', 'Your clip is on its way.']);
    await stage.untilClip(ada, 2);
    expect(clipsIn(ada)).toBe(2);
  });

  test('two buttons of one message pressed at once: neither takes the other’s new number back', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'fog thins' });
    const clip = await stage.untilDone(ada);
    await Promise.all([tg.people.press(clip, 'Again'), tg.people.press(clip, 'Edit scene')]);
    const isNew = (label: string) => dataOf(clip, label)?.endsWith(':0') === false;
    await tg.until(() => isNew('Edit scene') && isNew('Again'));
  });

  test('Edit scene asks, and the answer makes a clip of the same picture with the same options', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'fog @drifts_away motion=3 fit=pad' });
    const clip = await stage.untilClip(ada);
    await tg.people.press(clip, 'Edit scene');
    const question = await stage.untilSaid(ada, /What should happen instead/);
    expect(wordsOf(question)).toContain('fog @drifts_away');
    await stage.restart();
    tg.people.sendText({ from: ada, text: 'fog lifts', replyTo: question });
    expect((await stage.untilClip(ada, 2)).now.caption).toEqual(captioned('fog lifts'));
    const tasks = await stage.recorded(ada);
    const edited = tasks.find(({ scene }) => scene === 'fog lifts');
    expect(edited?.options).toMatchObject({ motion: 3, fit: 'pad' });
  });

  test('Delete takes clip and record away, for the person who asked and for administrators only', async () => {
    const { tg, photo } = stage;
    const [boss, ada, bob] = [tg.people.user(), tg.people.user(), tg.people.user()];
    const place = tg.people.supergroup({ members: [boss, ada, bob] });
    await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: '/animate one' });
    const one = await stage.untilDone(place);
    expect(await tg.people.press(one, 'Delete', { from: bob })).toMatchObject({
      text: 'Only the person who asked for this clip can do that.',
      alert: true,
    });
    expect((await tg.people.press(one, 'Delete', { from: ada })).text).toBe('Deleted.');
    expect(one.deletedAt).toBeDefined();
    await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: '/animate two' });
    const two = await stage.untilDone(place);
    expect((await tg.people.press(two, 'Delete', { from: boss })).text).toBe('Deleted.');
    expect(await stage.recorded(place)).toEqual([]);
  });

  test('a message that Telegram does not take away at once is not said to be gone, and goes all the same', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'fog lingers' });
    const clip = await stage.untilDone(ada);
    tg.storm({ seed: 1, chance: 1, faults: { deleteMessage: [{ how: 'status', status: 502 }] } });
    expect((await tg.people.press(clip, 'Delete')).text).toMatch(/has not taken the message away yet/);
    expect(clip.deletedAt).toBeUndefined();
    expect((await tg.people.press(clip, 'Details')).text).toBe('This clip is not here any more.');
    // What was promised outlives the process, too.
    await stage.restart();
    tg.storm(undefined);
    await tg.until(() => clip.deletedAt !== undefined, { withinMs: 40_000 });
    expect(await stage.recorded(ada)).toEqual([]);
  });

  test('a single 502 keeps nothing from being deleted, nor a press from being answered', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'fog goes' });
    const clip = await stage.untilDone(ada);
    tg.misbehave('deleteMessage', { how: 'status', status: 502 }, { how: 'reset', when: 'read' });
    tg.misbehave(
      'answerCallbackQuery',
      { how: 'status', status: 502 },
      { how: 'status', status: 429, retryAfter: '1' },
    );
    expect((await tg.people.press(clip, 'Delete')).text).toBe('Deleted.');
    expect(clip.deletedAt).toBeDefined();
  });

  test('Again makes a clip also where its number could not be renewed after the last press', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'fog again' });
    const clip = await stage.untilDone(ada);
    tg.storm({ seed: 1, chance: 1, faults: { editMessageReplyMarkup: [{ how: 'status', status: 502 }] } });
    const isOnItsWay = { text: 'Your clip is on its way.' };
    expect(await tg.people.press(clip, 'Again')).toMatchObject(isOnItsWay);
    await stage.untilClip(ada, 2);
    expect(await tg.people.press(clip, 'Again')).toMatchObject(isOnItsWay);
    await stage.untilClip(ada, 3);
    tg.storm(undefined);
    await tg.until(() => dataOf(clip, 'Again')?.endsWith(':0') === false);
  });

  test('a clip older than 48 hours is deleted here and its message left, which is said', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'fog' });
    const clip = await stage.untilDone(ada);
    tg.advance(49 * 3_600_000);
    expect((await tg.people.press(clip, 'Delete')).text).toMatch(/^Deleted. Telegram lets bots take back messages/);
    await tg.until(() => clip.now.reply_markup === undefined);
  });

  test('a clip that Telegram gives no number for is sent plainly once; a doubtful one only by Send again', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    tg.people.scheduleNext(3);
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'scheduled' });
    await stage.untilClip(ada);
    expect(tg.report().videos.filter(({ chat }) => chat === ada.id)).toMatchObject([{ how: 'sent' }]);

    const bob = tg.people.user({ started: true });
    tg.misbehave('sendVideo', { how: 'reset', when: 'read' });
    tg.people.scheduleNext(3);
    await tg.people.sendPhoto({ from: bob, bytes: photo, caption: 'lost on the way' });
    const doubt = await stage.untilSaid(bob, /did not say whether it took your clip/);
    await stage.restart();
    expect(stage.said(bob).filter(({ now }) => now.video)).toEqual([]);
    const presses = await Promise.all([tg.people.press(doubt, 'Send again'), tg.people.press(doubt, 'Send again')]);
    expect(presses.every(({ text }) => text === 'Sending it again.')).toBe(true);
    await stage.untilClip(bob);
    await stage.untilSaid(bob, /sent again already/);
    expect(stage.said(bob).filter(({ now }) => now.video)).toHaveLength(1);
  });
});
