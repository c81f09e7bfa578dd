import { afterAll, beforeAll, expect, test } from 'vitest';
import { messagesFor } from '../../../src/messages/messages.ts';
import type { FakeTelegram } from '../../fakes/telegram/telegram.ts';
import { startStage, type TelegramStage } from '../../helpers/telegram.ts';

const words = messagesFor('en').admin;
let stage: TelegramStage;
let olga: ReturnType<FakeTelegram['people']['user']>;
beforeAll(async () => {
  stage = await startStage({
    settings(tg) {
      olga = tg.people.user({ name: 'Olga', started: true });
      return { OWNER: `telegram:${olga.id}` };
    },
  });
});
afterAll(() => stage.close());

test('who runs the bot pauses it in private, it stays so through a kill, and goes on by their word', async () => {
  const { tg, photo } = stage;
  tg.people.sendText({ from: olga, text: '/admin pause' });
  await stage.untilSaid(olga, new RegExp(words.paused.on.slice(0, 40)));
  await stage.restart();
  const ada = tg.people.user();
  await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'waves' });
  await stage.untilSaid(ada, new RegExp(messagesFor('en').status.paused));
  expect(stage.rendered('waves')).toEqual([]);
  tg.people.sendText({ from: olga, text: '/admin' });
  await stage.untilSaid(olga, /Today \(UTC\): 1 clip asked for.*1 under way/);
  tg.people.sendText({ from: olga, text: '/admin resume' });
  await stage.untilClip(ada);
  tg.people.sendText({ from: olga, text: '/admin refuse night sky' });
  await stage.untilSaid(olga, /Scenes with “night sky” are refused/);
  await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'the Night Sky turns' });
  await stage.untilSaid(ada, new RegExp(words.refusedScene));
  expect(stage.rendered()).toEqual(['waves']);
});

test('strangers hear nothing of it, and in a group it answers to nobody', async () => {
  const { tg } = stage;
  const eve = tg.people.user();
  tg.people.sendText({ from: eve, text: '/admin pause' });
  await stage.untilSaid(eve, new RegExp(words.notYours.slice(0, 30)));
  tg.people.sendText({ from: eve, text: '/help' });
  const help = await stage.untilSaid(eve, /\/settings/);
  expect(help.now.text).not.toContain('/admin');
  const group = tg.people.supergroup({ members: [olga, eve] });
  tg.people.sendText({ from: olga, chat: group, text: '/admin' });
  await stage.untilSaid(group, new RegExp(words.inPrivate));
  tg.people.sendText({ from: olga, text: '/admin' });
  const said = await stage.untilSaid(olga, /Today \(UTC\).*night sky on/s);
  expect(said.now.text).not.toContain(words.isPaused);
});
