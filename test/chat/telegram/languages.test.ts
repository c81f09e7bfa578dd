import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { locales, messagesFor } from '../../../src/messages/messages.ts';
import { asking } from '../../fakes/telegram/asking.ts';
import { type SeenMessage, startStage, type TelegramStage, wordsOf } from '../../helpers/telegram.ts';

const fit = { duration: 5, motion: 5, seed: 0, fit: 'crop' } as const;
/** A word of a clip's caption that only this language has. */
const motionIn = (locale: string): string => messagesFor(locale).options(fit)[1] ?? '';

let stage: TelegramStage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const labels = ({ now }: SeenMessage): string[] =>
  (now.reply_markup?.inline_keyboard.flat() ?? []).map(({ text }) => text);

describe('on Telegram', () => {
  test.each([
    ['ru', 'ru'],
    ['pt', 'pt-BR'],
    ['de-AT', 'de'],
    ['ko', 'en'],
  ])('a person whose Telegram is in %s has clip, buttons, questions and help in %s', async (language, locale) => {
    const { tg, photo } = stage;
    const words = messagesFor(locale);
    const mia = tg.people.user({ language });
    tg.people.sendPhoto({ from: mia, bytes: photo, caption: 'waves' });
    const clip = await stage.untilDone(mia);
    expect(wordsOf(clip)).toContain(motionIn(locale));
    expect(labels(clip)).toContain(words.actions.more.label);
    tg.people.sendText({ from: mia, text: '/help' });
    expect(wordsOf(await stage.untilSaid(mia, new RegExp(words.help.under)))).toContain(words.help.intro);
    tg.people.sendPhoto({ from: mia, bytes: photo });
    await stage.untilSaid(
      mia,
      new RegExp(words.telegram.askScene({ isPrivate: true, mayBeWordless: true }).slice(0, 20)),
    );
  });

  test('a chat’s language is everybody’s there; as usual it is each person’s own again', async () => {
    const { tg, photo } = stage;
    const ja = messagesFor('ja');
    const [ada, bob] = [tg.people.user({ language: 'de' }), tg.people.user({ language: 'fr' })];
    const group = tg.people.supergroup({ members: [ada, bob] });
    tg.people.promote(group, ada);
    const has = (shown: SeenMessage, label: string) =>
      tg.until(() => labels(shown).includes(label), { what: `${label}, not ${labels(shown).join(', ')}` });
    tg.people.sendText({ from: ada, chat: group, text: '/settings' });
    const de = messagesFor('de').settings;
    const shown = await stage.untilSaid(group, new RegExp(`^${de.title.chat}`));
    await tg.people.press(shown, 'set:language', { from: ada, forged: true });
    await has(shown, '日本語');
    expect(labels(shown)).toEqual(expect.arrayContaining(['English', 'Русский', de.back]));
    await tg.people.press(shown, '日本語', { from: ada });
    await has(shown, ja.settings.line(ja.settings.rows.language.label, '日本語'));

    tg.people.sendPhoto({ from: ada, chat: group, bytes: photo, caption: '/animate waves' });
    const clip = await stage.untilClip(group);
    expect(wordsOf(clip)).toContain(motionIn('ja'));
    const refused = await tg.people.press(shown, ja.settings.line(ja.settings.rows.language.label, '日本語'), {
      from: bob,
    });
    expect(refused).toMatchObject({ text: ja.settings.notYours });

    await tg.people.press(shown, 'set:language:', { from: ada, forged: true });
    await has(
      shown,
      ja.settings.line(ja.settings.rows.language.label, ja.settings.asUsual(ja.settings.rows.language.unset)),
    );
    expect(await tg.people.press(shown, 'set:fit', { from: bob, forged: true })).toMatchObject({
      text: messagesFor('fr').settings.notYours,
    });
  });

  test('its menus and what it says of itself are there in each language, by the codes of Telegram', async () => {
    const ask = asking(stage.tg);
    for (const locale of locales) {
      const language_code = locale === 'en' ? '' : locale.slice(0, 2);
      const scope = { type: 'all_private_chats' };
      await expect
        .poll(async () => (await ask('getMyCommands', { scope, language_code })).result)
        .toContainEqual({ command: 'animate', description: messagesFor(locale).commands.animate.description });
      await expect
        .poll(async () => (await ask('getMyShortDescription', { language_code })).result)
        .toEqual({ short_description: messagesFor(locale).telegram.shortDescription });
    }
  });
});
