import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SeenMessage, startStage, type TelegramStage, wordsOf } from '../../helpers/telegram.ts';

let stage: TelegramStage;
let gallery: { id: number };
beforeAll(async () => {
  stage = await startStage({
    settings: (tg) => {
      gallery = tg.people.channel({ title: 'The best of it' });
      return { GALLERY_CHAT: String(gallery.id), STARS_NEEDED: '2' };
    },
  });
});
afterAll(() => stage.close());

const labels = ({ now }: SeenMessage): string[] =>
  now.reply_markup?.inline_keyboard.flat().map(({ text }) => text) ?? [];
const dataOf = ({ now }: SeenMessage, label: string): string =>
  now.reply_markup?.inline_keyboard.flat().find(({ text }) => text === label)?.callback_data ?? '';
const idOf = (clip: SeenMessage): string => dataOf(clip, 'More').split(':')[1] ?? '';

const FRONT = ['Again', 'Edit scene', '⭐', 'Share', 'More'];
const MENU = [
  ...['Link', 'Send me a copy', 'Continue', 'Loop', 'Save as GIF', 'Save as WebP'],
  ...['Details', 'Report', 'Delete', 'Back'],
];

/** Somebody's clip in a group of two, and what else stands there. */
async function inGroup(scene: string) {
  const { tg, photo } = stage;
  const [ada, bob] = [tg.people.user(), tg.people.user({ name: 'Bob' })];
  const place = tg.people.supergroup({ members: [ada, bob] });
  await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: `/animate ${scene}` });
  const clip = await stage.untilDone(place);
  return { tg, ada, bob, place, clip };
}

const shownIn = (place: { id: number }) => stage.tg.report().videos.filter(({ chat }) => chat === place.id);

describe('More', () => {
  test('swaps the buttons for the menu in place, and Back brings them back', async () => {
    const { tg, clip, place } = await inGroup('tides');
    expect(labels(clip)).toEqual(FRONT);
    await tg.people.press(clip, 'More');
    await tg.until(() => labels(clip).includes('Back'));
    expect(labels(clip)).toEqual(MENU);
    await tg.people.press(clip, 'Back');
    await tg.until(() => labels(clip).includes('More'));
    expect(labels(clip)).toEqual(FRONT);
    expect(stage.said(place)).toHaveLength(1);
  });

  test('what is drawn anew has numbers that were never used, after a restart either', async () => {
    const { tg, place, clip } = await inGroup('rivers');
    const used = new Set<string>();
    for (const [n, restarts] of [false, true].entries()) {
      used.add(dataOf(clip, 'Again'));
      await tg.people.press(clip, 'Again');
      await stage.untilClip(place, n + 2);
      if (restarts) await stage.restart();
      await tg.people.press(clip, 'More');
      await tg.until(() => labels(clip).includes('Back'));
      await tg.people.press(clip, 'Back');
      await tg.until(() => labels(clip).includes('More'));
      expect(used).not.toContain(dataOf(clip, 'Again'));
    }
    expect((await tg.people.press(clip, 'Again')).text).toBe('Your clip is on its way.');
  });

  test('of one person does not break another’s press: it counts, and once', async () => {
    const { tg, ada, bob, place, clip } = await inGroup('clouds');
    const again = dataOf(clip, 'Again');
    await tg.people.press(clip, 'More', { from: ada });
    await tg.until(() => labels(clip).includes('Back'));
    const presses = [1, 2].map(() => tg.people.press(clip, again, { from: bob, forged: true }));
    const texts = (await Promise.all(presses)).map(({ text }) => text);
    expect(texts.sort()).toEqual(['It is on its way already.', 'Your clip is on its way.']);
    await stage.untilClip(place, 2);
  });

  test('data that a client makes up draws no menu under another clip', async () => {
    const { tg, ada, clip, place } = await inGroup('one');
    await tg.people.sendPhoto({ from: ada, chat: place, bytes: stage.photo, caption: '/animate two' });
    const other = await stage.untilClip(place, 2);
    await tg.people.press(other, `more:${idOf(clip)}:0`, { from: ada, forged: true });
    expect(labels(other)).toEqual(FRONT);
  });

  test('Link is told to its author alone, and taken back by one press', async () => {
    const { tg, ada, bob, clip } = await inGroup('a lighthouse');
    expect(await tg.people.press(clip, 'Link', { from: bob })).toMatchObject({ alert: true });
    await tg.people.press(clip, 'Link', { from: ada });
    const line = await stage.untilSaid(clip.chat, /\/c\/\S{38}/);
    expect(labels(line)).toEqual(['Take the link back']);
    expect((await tg.people.press(line, 'Take the link back', { from: ada })).text).toBe(
      'The page of this clip is gone.',
    );
    await tg.until(() => line.deletedAt);
  });
});

test('Story shows the takes of a picture; where no pictures may be sent, their words and buttons', async () => {
  const { tg, ada, place, clip } = await inGroup('a first take');
  tg.people.restrict(place, { photo: false });
  await tg.people.press(clip, 'Again', { from: ada });
  const second = await stage.untilClip(place, 2);
  await tg.people.press(second, 'Story', { from: ada });
  const told = await stage.untilSaid(place, /^All takes of this picture/);
  expect(wordsOf(told).split('\n').length).toBeLessThanOrEqual(3);
  expect(wordsOf(told)).toMatch(/\n1\. a first take · by Ada/);
  expect(labels(told)).toContain('1');
  expect(told.now.photo).toBeUndefined();
});

describe('⭐', () => {
  test('says how many there are where it was pressed; other buttons keep their numbers', async () => {
    const { tg, ada, clip } = await inGroup('stars');
    const again = dataOf(clip, 'Again');
    expect((await tg.people.press(clip, '⭐', { from: ada })).text).toBe('You starred this clip.');
    await tg.until(() => labels(clip).includes('⭐ 1'));
    expect(dataOf(clip, 'Again')).toBe(again);
    expect((await tg.people.press(clip, '⭐ 1', { from: ada })).text).toBe('Your star is taken back.');
    await tg.until(() => labels(clip).includes('⭐'));
  });

  test('of enough people brings it into the gallery once, by the file that is there, without words of the place it came from', async () => {
    const { tg, ada, bob, clip, place } = await inGroup('comets');
    const { counts } = tg.report();
    const before = { ...counts };
    await Promise.all([ada, bob].map((from) => tg.people.press(clip, '⭐', { from })));
    const copy = await stage.untilClip(gallery);
    expect(wordsOf(copy)).toBe('comets\n— by Ada');
    expect(copy.now.video?.file_id).toBe(clip.now.video?.file_id);
    expect(copy.now.reply_to_message).toBeUndefined();
    // Nobody has clips made in a gallery.
    expect(labels(copy)).toEqual(['⭐ 2', 'Share', 'More']);
    const reader = tg.people.user();
    const forged = `again:${idOf(copy)}:1`;
    expect(await tg.people.press(copy, forged, { from: reader, forged: true })).toMatchObject({ alert: true });
    // Taken back and given again it does not come a second time.
    for (const label of ['⭐ 2', '⭐ 1']) {
      await tg.until(() => labels(clip).includes(label));
      await tg.people.press(clip, label, { from: bob });
    }
    await tg.until(() => labels(clip).includes('⭐ 2'));
    expect(tg.report().counts.sendVideo).toBe(before.sendVideo);
    expect(shownIn(gallery).filter(({ caption }) => caption.startsWith('comets'))).toHaveLength(1);
    // Taken back where it was made, it goes there, too.
    await tg.people.press(clip, 'Delete', { from: ada });
    await tg.until(() => copy.deletedAt, { withinMs: 30_000 });
    expect(stage.said(place)).toEqual([]);
  });
});

describe('a clip elsewhere', () => {
  test('is sent as the file that was asked for, and no sticker or video', async () => {
    const { tg, ada, bob, clip, place } = await inGroup('embers');
    for (const [n, format] of (['gif', 'webp'] as const).entries()) {
      const label = { gif: 'Save as GIF', webp: 'Save as WebP' }[format];
      expect((await tg.people.press(clip, label, { from: bob })).text).toBe('Your clip is on its way.');
      const file = await tg.until(() => stage.said(place).filter(({ now }) => now.document)[n]);
      expect(file.now.document).toMatchObject({ file_name: `clip.${format}` });
      expect([file.now.animation, file.now.sticker]).toEqual([undefined, undefined]);
      expect(wordsOf(file)).toBe('embers\n— by Ada');
      await tg.until(() => labels(clip).includes('More'));
    }
    await tg.people.press(clip, 'Details', { from: ada });
  }, 60_000);

  test('comes to who never wrote to the bot as soon as they do, and they are led there', async () => {
    const { tg, bob, clip } = await inGroup('copies');
    const said = await tg.people.press(clip, 'Send me a copy', { from: bob });
    expect(said.url).toMatch(/^https:\/\/t\.me\/kinora_bot\?start=/);
    tg.people.sendText({ from: bob, text: '/start copy' });
    const copy = await stage.untilClip(bob);
    expect(copy.now.video?.file_id).toBe(clip.now.video?.file_id);
    expect(wordsOf(copy)).toBe('copies\n— by Ada');
    // Who did is told where it comes.
    await tg.until(() => labels(clip).includes('More'));
    expect((await tg.people.press(clip, 'Send me a copy', { from: bob })).text).toMatch(/our private chat/);
    await stage.untilClip(bob, 2);
  }, 60_000);

  test('is reported once, under the clip, and goes by an administrator’s press', async () => {
    const { tg, ada, bob, clip, place } = await inGroup('weeds');
    expect((await tg.people.press(clip, 'Report', { from: bob })).text).toMatch(/^Thank you/);
    const notice = await stage.untilSaid(place, /Somebody reported this clip/);
    expect(notice.now.reply_to_message?.message_id).toBe(clip.id);
    expect(await tg.people.press(notice, 'Delete', { from: bob })).toMatchObject({ alert: true });
    expect((await tg.people.press(notice, 'Delete', { from: ada })).text).toBe('Deleted.');
    await tg.until(() => clip.deletedAt && notice.deletedAt);
  });
});

describe('a reaction', () => {
  test('is a star where the bot is an administrator, and elsewhere Telegram tells of none', async () => {
    const { tg, ada, bob, clip, place } = await inGroup('hearts');
    const updates = () => tg.updates().filter(({ message_reaction: told }) => told !== undefined).length;
    const before = updates();
    tg.people.react(clip, bob.id, ['❤']);
    expect(updates()).toBe(before);
    tg.people.react(clip, bob.id, []);
    tg.people.makeBotAdmin(place);
    tg.people.react(clip, bob.id, ['🔥']);
    await tg.until(() => labels(clip).includes('⭐ 1'));
    // From a thumb to a heart, and from a heart to a thumb.
    tg.people.react(clip, ada.id, ['👍']);
    tg.people.react(clip, ada.id, ['❤']);
    await tg.until(() => labels(clip).includes('⭐ 2'));
    tg.people.react(clip, bob.id, ['👍']);
    await tg.until(() => labels(clip).includes('⭐ 1'));
    expect((await tg.people.press(clip, '⭐ 1', { from: ada })).text).toBe('Your star is taken back.');
    expect((await tg.people.press(clip, 'Again', { from: ada })).text).toBe('Your clip is on its way.');
    await stage.untilClip(place, 2);
  });

  test('to another message is none of ours', async () => {
    const { tg, bob, place, clip } = await inGroup('thumbs');
    tg.people.makeBotAdmin(place);
    const theirs = tg.people.sendText({ from: bob, chat: place, text: 'how nice' });
    tg.people.react(theirs, bob.id, ['❤']);
    tg.people.react(clip, bob.id, ['❤']);
    await tg.until(() => labels(clip).includes('⭐ 1'));
  });
});

describe('@bot words', () => {
  const titles = async (from: { id: number }, query: string, where?: string): Promise<(string | undefined)[]> => {
    stage.tg.advance(10_000);
    const answer = await stage.tg.people.inlineQuery({ from, query, in: where });
    expect(answer.personal).toBe(true);
    return answer.results.map(({ title, caption }) => `${title}: ${caption}`);
  };

  test('offers a group’s clips to those who are in it and had some made, in groups only, with whose they are', async () => {
    const { tg, ada, bob, place, clip } = await inGroup('inline one');
    expect(await titles(bob, 'inline', 'supergroup')).toEqual([]);
    await tg.people.sendPhoto({ from: bob, chat: place, bytes: stage.photo, caption: '/animate inline two' });
    await stage.untilClip(place, 2);
    await tg.people.sendPhoto({ from: ada, bytes: stage.photo, caption: 'inline alone' });
    await stage.untilDone(ada);
    const [own, hers] = ['inline two: inline two', 'inline one: inline one\n— by Ada'];
    expect(await titles(bob, 'inline', 'supergroup')).toEqual([own, hers]);
    expect(await titles(bob, 'inline', 'sender')).toEqual([own]);
    // The button under it names a clip: for those who see it there, and for nobody who made the name up.
    expect(await titles(bob, idOf(clip))).toEqual([hers]);
    expect(await titles(tg.people.user(), idOf(clip))).toEqual([]);
    const [alone] = stage.said(ada);
    if (!alone) throw new Error('no clip of hers');
    expect(await titles(bob, idOf(alone))).toEqual([]);
  });

  test('offers everybody what is in the gallery', async () => {
    const { tg, ada, bob, clip } = await inGroup('nebula');
    const eve = tg.people.user();
    expect(await titles(eve, 'nebula')).toEqual([]);
    for (const from of [ada, bob]) await tg.people.press(clip, clipStar(clip), { from });
    await tg.until(() => stage.said(gallery).some((copy) => /nebula/.test(wordsOf(copy)) && copy.now.video));
    // It stands there a moment before that is on record.
    await expect.poll(() => titles(eve, 'nebula')).toEqual(['nebula: nebula\n— by Ada']);
  });
});

const clipStar = (clip: SeenMessage): string => labels(clip).find((label) => label.startsWith('⭐')) ?? '⭐';

/** Nobody began a private chat, no pictures were allowed, a message was gone, and what a kill interrupted is edited once more. */
const WAS_SO =
  /can't initiate conversation|not enough rights to send photos|message to delete not found|message is not modified/;

test('of all this Telegram refused nothing but what people’s doors did', () => {
  const { refused, tokenLeaks } = stage.tg.report();
  expect(refused.filter(({ why }) => !WAS_SO.test(why ?? ''))).toEqual([]);
  expect(tokenLeaks).toEqual([]);
});
