import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messagesFor } from '../../../src/messages/messages.ts';
import { DURATIONS_SECONDS } from '../../../src/task/options.ts';
import { type SeenMessage, startStage, type TelegramStage, wordsOf } from '../../helpers/telegram.ts';

const words = messagesFor('en').settings;

let stage: TelegramStage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const labels = ({ now }: SeenMessage): string[] =>
  (now.reply_markup?.inline_keyboard.flat() ?? []).map(({ text }) => text);
/** The message once it has such a button. */
const untilButton = (shown: SeenMessage, label: string): Promise<unknown> =>
  stage.tg.until(() => labels(shown).includes(label), { what: `${label}, not ${labels(shown).join(', ')}` });

describe('/settings on Telegram', () => {
  test('in a private chat they are one’s own: a button each, and behind it its values', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    tg.people.sendText({ from: ada, text: '/settings' });
    const shown = await stage.untilSaid(ada, new RegExp(`^${words.title.own}`));
    expect(labels(shown)).toEqual([
      'Language: as usual (each person’s own)',
      'Shape: as usual (automatic)',
      'Fit: as usual (cut to shape)',
      'Length: as usual (5 seconds)',
      'Cover all clips: as usual (no)',
    ]);
    await tg.people.press(shown, 'Length: as usual (5 seconds)');
    await untilButton(shown, '10 seconds');
    expect(labels(shown)).toEqual([
      ...DURATIONS_SECONDS.map((seconds) => `${seconds} seconds`),
      '✓ as usual (5 seconds)',
      words.back,
    ]);
    await tg.people.press(shown, '10 seconds');
    await untilButton(shown, 'Length: 10 seconds');
    await tg.people.press(shown, 'Shape: as usual (automatic)');
    await untilButton(shown, 'tall (9:16)');
    await tg.people.press(shown, 'tall (9:16)');
    await untilButton(shown, 'Shape: tall (9:16)');
    expect(wordsOf(shown)).toMatch(
      /Last changes\n.+: Shape, tall \(9:16\) \(just now\)\n.+: Length, 10 seconds \(just now\)$/,
    );
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'waves' });
    expect(wordsOf(await stage.untilClip(ada))).toContain('10 s · tall (9:16)');
    // Where words are asked for, the question offers what is usual here.
    await tg.people.sendPhoto({ from: ada, bytes: photo });
    expect(labels(await stage.untilSaid(ada, /What should happen/))).toEqual(
      expect.arrayContaining(['Length: 10 seconds', 'Shape: tall (9:16)']),
    );
  });

  test('in a group only its administrators set them, and they hold for all, after a restart too', async () => {
    const { tg, photo } = stage;
    const [ada, bob] = [tg.people.user(), tg.people.user({ name: 'Bob' })];
    const group = tg.people.supergroup({ members: [ada, bob] });
    tg.people.promote(group, ada);
    tg.people.sendText({ from: bob, chat: group, text: '/settings' });
    await stage.untilSaid(group, new RegExp(`^${words.notYours}`));
    tg.people.sendText({ from: ada, chat: group, text: '/settings' });
    const shown = await stage.untilSaid(group, new RegExp(`^${words.title.chat}`));
    const isOn = 'Makes clips here: as usual (yes)';
    expect(await tg.people.press(shown, isOn, { from: bob })).toMatchObject({ text: words.notYours, alert: true });
    expect(await tg.people.press(shown, 'set:isOn:false', { from: bob, forged: true })).toMatchObject({
      text: words.notYours,
    });
    await tg.people.press(shown, isOn, { from: ada });
    await untilButton(shown, 'no');
    await stage.restart();
    await tg.people.press(shown, 'no', { from: ada });
    await untilButton(shown, 'Makes clips here: no');
    await tg.people.sendPhoto({ from: bob, chat: group, bytes: photo, caption: '/animate waves' });
    await stage.untilSaid(group, new RegExp(words.switchedOff));
    // Data that no button of ours has turns no other message into settings.
    const refusal = await stage.untilSaid(group, new RegExp(words.switchedOff));
    expect(await tg.people.press(refusal, 'set:isOn:true', { from: ada, forged: true })).toMatchObject({
      text: messagesFor('en').telegram.oldButton,
    });
    // A number that is none of the buttons.
    await tg.people.press(shown, 'set:perPerson', { from: ada, forged: true });
    await untilButton(shown, '1000');
    expect(await tg.people.press(shown, 'set:perPerson:99999', { from: ada, forged: true })).toMatchObject({
      alert: true,
    });
  });

  test('clips may be for some topics alone', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const forum = tg.people.supergroup({ members: [ada], forum: true });
    tg.people.promote(forum, ada);
    const [sea, sky] = [tg.people.topic(forum, 'sea'), tg.people.topic(forum, 'sky')];
    tg.people.sendText({ from: ada, chat: forum, topic: sea, text: '/settings' });
    const shown = await stage.untilSaid(forum, new RegExp(`^${words.title.chat}`));
    await tg.people.press(shown, 'Where clips may be asked for: as usual (everywhere)', { from: ada });
    await untilButton(shown, words.onlyHere);
    await tg.people.press(shown, words.onlyHere, { from: ada });
    await untilButton(shown, 'Where clips may be asked for: 1 place');
    await tg.people.sendPhoto({ from: ada, chat: forum, topic: sky, bytes: photo, caption: '/animate clouds' });
    await stage.untilSaid(forum, new RegExp(words.notHere));
    await tg.people.sendPhoto({ from: ada, chat: forum, topic: sea, bytes: photo, caption: '/animate waves' });
    expect(wordsOf(await stage.untilClip(forum))).toContain('waves');
  });

  test('who writes as the group may; the settings go with a group that becomes a supergroup', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const group = tg.people.group({ members: [ada] });
    tg.people.promote(group, ada);
    tg.people.sendText({ from: ada, chat: group, text: '/settings' });
    const shown = await stage.untilSaid(group, new RegExp(`^${words.title.chat}`));
    await tg.people.press(shown, 'Makes clips here: as usual (yes)', { from: ada });
    await untilButton(shown, 'no');
    await tg.people.press(shown, 'no', { from: ada });
    await untilButton(shown, 'Makes clips here: no');
    const moved = tg.people.migrate(group);
    await tg.people.sendPhoto({ from: ada, chat: moved, bytes: photo, caption: '/animate waves' });
    await stage.untilSaid(moved, new RegExp(words.switchedOff));
  });
});
