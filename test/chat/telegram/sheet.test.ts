import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SeenMessage, startStage, type TelegramStage, wordsOf } from '../../helpers/telegram.ts';

let stage: TelegramStage;
let ada: { id: number };
let bob: { id: number };
let place: { id: number };
/** Ada's: two in the group, and a covered one of Bob's; four in another one, five in private. In a group there is room for 17 answers a minute. */
const HERE = 2;
const ELSEWHERE = 4;
const ALONE = 5;

beforeAll(async () => {
  stage = await startStage({ settings: { MAX_WAITING_PER_PERSON: '20' } });
  const { tg, photo } = stage;
  [ada, bob] = [tg.people.user(), tg.people.user({ name: 'Bob' })];
  place = tg.people.supergroup({ members: [ada, bob] });
  const other = tg.people.supergroup({ members: [ada] });
  const ask = (chat: { id: number }, n: number) =>
    tg.people.sendPhoto({ from: ada, chat, bytes: photo, caption: `/animate sea number ${n}` });
  for (let n = 1; n <= HERE; n++) await ask(place, n);
  for (let n = 1; n <= ELSEWHERE; n++) await ask(other, 10 + n);
  for (let n = 1; n <= ALONE; n++) await ask(ada, 20 + n);
  await tg.people.sendPhoto({
    from: bob,
    chat: place,
    bytes: photo,
    spoiler: true,
    caption: '/animate a @secret cave',
  });
  await stage.untilClip(place, HERE + 1);
  await stage.untilClip(other, ELSEWHERE);
  await stage.untilClip(ada, ALONE);
  // The last thing that goes is a card.
  for (const chat of [place, other, ada]) await tg.until(() => stage.said(chat).every(({ now }) => now.video));
}, 60_000);
afterAll(() => stage.close());

const labels = ({ now }: SeenMessage): string[][] =>
  now.reply_markup?.inline_keyboard.map((row) => row.map(({ text }) => text)) ?? [];
const sheets = (chat = place) => stage.said(chat).filter(({ now }) => now.photo);
const untilSheet = async (title: RegExp, chat = place): Promise<SeenMessage> =>
  stage.tg.until(() => sheets(chat).find(({ now }) => title.test(now.caption ?? '')), { what: String(title) });
/** The sheet that answers, asked for again while it is another: a clip stands there a moment before that is on record. */
async function sheetOf(
  text: string,
  chat: { id: number },
  isIt: (sheet: SeenMessage) => boolean,
): Promise<SeenMessage> {
  for (let tries = 0; tries < 8; tries++) {
    const { id: asked } = stage.tg.people.sendText({ from: ada, chat, text });
    await stage.tg.until(() => stage.said(chat).some(({ id, now }) => id > asked && !now.video));
    const sheet = sheets(chat).at(-1);
    if (sheet && isIt(sheet)) return sheet;
  }
  throw new Error(`no such sheet of ${text}`);
}
const say = (text: string, more: { from?: { id: number }; replyTo?: { id: number } } = {}) =>
  stage.tg.people.sendText({ from: ada, chat: place, text, ...more });

describe('/clips', () => {
  test('shows a sheet of nine, newest first, with a line and a button each, and pages', async () => {
    const { tg } = stage;
    const sheet = await sheetOf('/clips mine', ada, (one) => labels(one).flat().includes('Next page'));
    const told = wordsOf(sheet).split('\n');
    expect(told).toHaveLength(10);
    expect(told[9]).toMatch(/^9\. sea number \d+ · by Ada · (just now|\d+ \w+ ago)$/);
    expect(wordsOf(sheet).length).toBeLessThanOrEqual(1_024);
    expect(labels(sheet)).toEqual([['1', '2', '3'], ['4', '5', '6'], ['7', '8', '9'], ['Next page']]);
    expect(sheet.now.photo?.[0]).toMatchObject({ width: 968, height: 728 });
    await tg.people.press(sheet, 'Next page');
    await tg.until(() => labels(sheet).flat().includes('Page before'));
    expect(labels(sheet).at(-1)).toEqual(['Page before']);
    expect(wordsOf(sheet)).toMatch(/^Your clips\n1\. [^\n]+/);
    await tg.people.press(sheet, 'Page before');
    await tg.until(() => labels(sheet).flat().includes('Next page'));
  });

  test('in a group is an answer to the one who asked, and made-up data turns nothing else into one', async () => {
    const { tg } = stage;
    const asked = say('/clips');
    const sheet = await untilSheet(/^Clips made here/);
    expect(sheet.now.reply_to_message?.message_id).toBe(asked.id);
    expect(wordsOf(sheet).split('\n')).toHaveLength(1 + HERE + 1);
    const own = stage.said(ada).find(({ now }) => now.photo);
    const view = own?.now.reply_markup?.inline_keyboard.at(-1)?.[0]?.callback_data ?? '';
    const [clip] = stage.said(place).filter(({ now }) => now.video);
    if (!clip) throw new Error('no clip');
    for (const message of [clip, sheet])
      expect(await tg.people.press(message, view, { from: bob, forged: true })).toMatchObject({ alert: true });
    expect(clip.now.photo).toBeUndefined();
    expect(wordsOf(sheet)).toMatch(/^Clips made here/);
  });

  test('of one’s own from everywhere is for oneself alone', async () => {
    const { tg } = stage;
    const before = [sheets().length, sheets(ada).length] as const;
    say('/clips mine');
    await stage.untilSaid(place, /I sent them to our private chat/);
    await tg.until(() => sheets(ada).length > before[1]);
    tg.people.sendText({ from: bob, chat: place, text: '/clips mine' });
    // All of Bob's are of this group.
    await tg.until(() => sheets()[before[0]]);
    expect(sheets()).toHaveLength(before[0] + 1);
  });

  test('a covered clip tells nothing of itself but that it is there', async () => {
    say('/clips @secret');
    const sheet = await untilSheet(/^Clips made here\n1\. a @.?secret cave/);
    expect(sheet.now.caption_entities?.map(({ type }) => type)).toEqual(['spoiler']);
  });

  test.each([
    ['here sea number 23', 1],
    ['SEA', ALONE],
  ])('%s: looks for words', async (words, found) => {
    const before = sheets(ada).length;
    stage.tg.people.sendText({ from: ada, text: `/clips ${words}` });
    const sheet = await stage.tg.until(() => sheets(ada)[before]);
    expect(wordsOf(sheet).split('\n')).toHaveLength(1 + found);
  });

  test('of whom is said by a reply; a number shows its clip here, and nothing of it elsewhere', async () => {
    const { tg, photo } = stage;
    const quiet = tg.people.supergroup({ members: [ada, bob] });
    await tg.people.sendPhoto({ from: ada, chat: quiet, bytes: photo, caption: '/animate a lake' });
    const theirs = await tg.people.sendPhoto({ from: bob, chat: quiet, bytes: photo, caption: '/animate a pond' });
    await stage.untilClip(quiet, 2);
    await sheetOf('/clips', quiet, (one) => labels(one).flat().length === 2);
    tg.people.sendText({ from: ada, chat: quiet, text: '/clips', replyTo: theirs });
    const sheet = await untilSheet(/^Clips made here\n1\. a pond · by Bob · [^\n]+$/, quiet);
    tg.people.sendText({ from: ada, chat: quiet, text: '/clips starred' });
    await stage.untilSaid(quiet, /No clips found/);

    const before = tg.report().videos.length;
    await tg.people.press(sheet, '1', { from: ada });
    const shown = await tg.until(() => tg.report().videos[before]);
    expect(shown).toMatchObject({ chat: quiet.id, caption: 'a pond\n— by Bob', replyTo: undefined });
    const data = sheet.now.reply_markup?.inline_keyboard[0]?.[0]?.callback_data ?? '';
    const eve = tg.people.user({ started: true });
    tg.people.sendText({ from: eve, text: '/help' });
    const help = await stage.untilSaid(eve, /A picture and a line/);
    expect(await tg.people.press(help, data, { from: eve, forged: true })).toMatchObject({ alert: true });
    expect(tg.report().videos).toHaveLength(before + 1);
  });
});

describe('/show', () => {
  test('shows a clip by words, by its short id, and none of another chat', async () => {
    const { tg } = stage;
    const before = tg.report().videos.length;
    tg.people.sendText({ from: ada, text: '/show number 21' });
    const mine = await stage.untilClip(ada, ALONE + 1);
    expect(wordsOf(mine)).toBe('sea number 21\n— by Ada');
    const first = stage.said(ada).find((message) => wordsOf(message).startsWith('sea number 21\n5 s'));
    const id = first?.now.reply_markup?.inline_keyboard.at(-1)?.at(-1)?.callback_data?.split(':')[1] ?? '';
    tg.people.sendText({ from: ada, text: `/show ${id.slice(-8)}` });
    await stage.untilClip(ada, ALONE + 2);
    for (const name of [id, id.slice(-8), 'number 21']) tg.people.sendText({ from: bob, text: `/show ${name}` });
    await tg.until(() => stage.said(bob).filter((line) => /no such clip/.test(wordsOf(line))).length === 3);
    tg.people.sendText({ from: bob, text: '/show' });
    await stage.untilSaid(bob, /Say which clip/);
    expect(
      tg
        .report()
        .videos.slice(before)
        .filter(({ chat }) => chat === bob.id),
    ).toEqual([]);
  });
});

test('/quota tells how much is left, and the menu of commands has all three', async () => {
  const { tg } = stage;
  tg.people.sendText({ from: bob, text: '/quota' });
  await stage.untilSaid(bob, /0 of at most 20 being made at once/);
  const { commands } = tg.report().commands;
  const names = commands['all_group_chats:']?.map(({ command }) => command);
  expect(names).toEqual(expect.arrayContaining(['clips', 'show', 'quota']));
});

test('/help is one message', async () => {
  stage.tg.people.sendText({ from: bob, text: '/help' });
  const help = await stage.untilSaid(bob, /A picture and a line/);
  expect(wordsOf(help).length).toBeLessThan(3_000);
  expect(wordsOf(help)).not.toMatch(/…$/);
});

test('of all this Telegram refused nothing', () => {
  expect(stage.tg.report().refused.filter(({ why }) => !/message is not modified/.test(why ?? ''))).toEqual([]);
});
