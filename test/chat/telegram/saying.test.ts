import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { tinyPng } from '../../helpers/pictures.ts';
import { captioned, startStage, type TelegramStage, wordsOf } from '../../helpers/telegram.ts';

let stage: TelegramStage;

describe('/cancel', () => {
  beforeAll(async () => {
    stage = await startStage({ schedule: 'manual' });
  });
  afterAll(() => stage.close());

  test('stops the one clip that is being made there, and says so where there is none', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    tg.people.sendText({ from: ada, text: '/cancel' });
    await stage.untilSaid(ada, /^None of your clips is being made here/);
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'a storm' });
    await stage.untilSaid(ada, /Rendering/);
    tg.people.sendText({ from: ada, text: '/cancel' });
    await stage.untilSaid(ada, /^All right. Its own message says how it ends/);
    await stage.untilSaid(ada, /^Cancelled/);
  });

  test('of several it asks which; a press stops that one and leaves the others', async () => {
    const { tg, photo } = stage;
    const [ada, bob] = [tg.people.user(), tg.people.user()];
    const place = tg.people.supergroup({ members: [tg.people.user(), ada, bob] });
    for (const caption of ['/animate the first', '/animate the\nsecond'])
      await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption });
    await tg.people.sendPhoto({ from: bob, chat: place, bytes: photo, caption: '/animate of bob' });
    await tg.until(() => stage.rendered().includes('of bob') && stage.rendered('the').length === 2);
    tg.people.sendText({ from: ada, chat: place, text: '/cancel@other_bot' });
    tg.people.sendText({ from: ada, chat: place, text: '/cancel@kinora_bot' });
    const question = await stage.untilSaid(place, /Which one should stop/);
    const labels = question.now.reply_markup?.inline_keyboard.map((row) => row.map(({ text }) => text));
    expect(labels?.toSorted()).toEqual([['the first'], ['the second']]);
    expect(await tg.people.press(question, 'the second', { from: bob })).toMatchObject({ alert: true });
    expect((await tg.people.press(question, 'the second', { from: ada })).text).toMatch(/^Stopping it/);
    await stage.untilSaid(place, /^Cancelled/);
    // An answered question goes away.
    await tg.until(() => question.deletedAt !== undefined);
    // One is left: it is not asked again which.
    const { photo: again } = stage;
    await tg.people.sendPhoto({ from: ada, chat: place, bytes: again, caption: '/cancel' });
    await tg.until(() => stage.said(place).filter((message) => /^Cancelled/.test(wordsOf(message))).length === 2);
    stage.provider.tell({ do: 'finish' });
    expect((await stage.untilClip(place)).now.caption).toEqual(captioned('of bob'));
    expect(stage.said(place).filter((message) => /Which one/.test(wordsOf(message)))).toEqual([]);
  });

  test('to a photo it is no request to animate it', async () => {
    const { tg, photo } = stage;
    const ada = tg.people.user();
    const place = tg.people.supergroup({ members: [ada] });
    const sent = await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo });
    tg.people.sendText({ from: ada, chat: place, text: '/cancel the calm', replyTo: sent });
    await stage.untilSaid(place, /^None of your clips/);
    expect(stage.rendered('the calm')).toEqual([]);
  });

  test('/help tells of all that can be said and pressed, and of what the bot sees in a group', async () => {
    const { tg } = stage;
    const ada = tg.people.user();
    tg.people.sendText({ from: ada, text: '/help' });
    const help = wordsOf(await stage.untilSaid(ada, /Send me a photo with a caption/));
    expect(help).toMatch(/\/animate: [^\n]+\n(\/\w+: [^\n]+\n){8}\/help: [^\n]+\nUnder a clip:\nAgain: /);
    const place = tg.people.supergroup({ members: [ada] });
    tg.people.sendText({ from: ada, chat: place, text: '/help' });
    const here = wordsOf(await stage.untilSaid(place, /Reply to a photo with "\/animate/));
    expect(here).toMatch(/\/cancel: [\s\S]+I see only what is meant for me here[\s\S]+Where I am an administrator/);
    expect(help).toMatch(/❤ or 🔥 on a clip is a star/);
  });
});

describe('a picture is judged by the fit that its caption names', () => {
  afterEach(() => stage.close());

  test('where strict is the usual, one that says pad is taken: as a caption, an answer, an edit, an album', async () => {
    stage = await startStage({ settings: { DEFAULT_FIT: 'strict' } });
    const { tg } = stage;
    const bytes = await tinyPng(1280, 960);
    const ada = tg.people.user();
    const done: string[] = [];
    const untilTaken = async (caption: string) => {
      done.push(caption);
      expect((await stage.untilClip(ada, done.length)).now.caption).toEqual(captioned(caption));
    };
    await tg.people.sendPhoto({ from: ada, bytes, caption: 'waves roll in' });
    await stage.untilSaid(ada, /The picture is 1280×960, and the fit "strict" allows no changes/);
    await tg.people.sendPhoto({ from: ada, bytes, caption: 'waves roll in shape=pad' });
    await untilTaken('waves roll in');

    await tg.people.sendPhoto({ from: ada, bytes, caption: 'shape=pad' });
    const question = await stage.untilSaid(ada, /What should happen in this picture/);
    tg.people.sendText({ from: ada, text: 'foam flies', replyTo: question });
    await untilTaken('foam flies');

    const bea = tg.people.user();
    const silent = await tg.people.sendPhoto({ from: bea, bytes });
    await stage.untilSaid(bea, /and the fit "strict" allows no changes/);
    tg.people.edit(silent, 'gulls rise shape=crop');
    expect((await stage.untilClip(bea)).now.caption).toEqual(captioned('gulls rise'));

    const cleo = tg.people.user();
    await tg.people.sendAlbum({ from: cleo, pictures: [bytes, bytes], caption: 'tide turns shape=pad' });
    expect((await stage.untilClip(cleo)).now.caption).toEqual(captioned('tide turns'));
    const tasks = await stage.recorded();
    expect(tasks.map(({ scene, options }) => `${scene}: ${options.fit}`).toSorted()).toEqual([
      'foam flies: pad',
      'gulls rise: crop',
      'tide turns: pad',
      'waves roll in: pad',
    ]);
  });

  test('where crop is the usual, one that says strict is refused: as a caption, an answer, an album', async () => {
    stage = await startStage();
    const { tg, photo } = stage;
    const bytes = await tinyPng(1280, 960);
    const refused = /The picture is 1280×960, and the fit "strict" allows no changes/;
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes, caption: 'waves roll in shape=strict' });
    await stage.untilSaid(ada, refused);
    const bea = tg.people.user();
    await tg.people.sendPhoto({ from: bea, bytes });
    const asked = await stage.untilSaid(bea, /What should happen in this picture/);
    tg.people.sendText({ from: bea, text: 'foam flies shape=strict' });
    await stage.untilSaid(bea, refused);
    const cleo = tg.people.user();
    await tg.people.sendAlbum({ from: cleo, pictures: [bytes, photo], caption: 'tide turns shape=strict' });
    await stage.untilSaid(cleo, refused);
    const dora = tg.people.user();
    await tg.people.sendPhoto({ from: dora, bytes, caption: 'shape=strict' });
    await stage.untilSaid(dora, refused);
    // The question stays open: another fit is another answer.
    tg.people.sendText({ from: bea, text: 'foam flies', replyTo: asked });
    expect((await stage.untilClip(bea)).now.caption).toEqual(captioned('foam flies'));
    expect((await stage.recorded()).map(({ scene }) => scene)).toEqual(['foam flies']);
  });
});
