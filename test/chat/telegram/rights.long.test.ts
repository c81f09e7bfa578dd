import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actions } from '../../../commands/index.ts';
import { captioned, type SeenMessage, startStage, type TelegramStage } from '../../helpers/telegram.ts';

let stage: TelegramStage;

const UNCONFIRMED = /did not answer\. Checking whether it took/;
const NOT_YOURS = { text: 'Only the person who asked for this clip can do that.', alert: true };
/** Whose word counts for what a clip is, and not for more of its kind. */
const OWN = [...actions.filter(({ who }) => who !== 'here').map(({ id }) => id), 'send-again'];
const HERE = actions.filter(({ who }) => who === 'here').map(({ id }) => id);

const dataOf = (message: SeenMessage, label: string): string => {
  const data = message.now.reply_markup?.inline_keyboard.flat().find(({ text }) => text === label)?.callback_data;
  if (data === undefined) throw new Error(`no button "${label}"`);
  return data;
};

/** What any client may send: the action on the clip of these buttons, as a press under another message. */
function forge(under: SeenMessage, from: { id: number }, action: string, shown: SeenMessage) {
  const [, taskId] = dataOf(shown, shown.now.video ? 'More' : 'Cancel').split(':');
  return stage.tg.people.press(under, `${action}:${taskId}:0`, { from, forged: true });
}

/** Ada's request in a group that Boss created, where Bob is a stranger; and Mallory's own group, where Ada and Boss are, too. */
async function scene(words: string) {
  const { tg, photo } = stage;
  const [boss, ada, bob, mallory] = [tg.people.user(), tg.people.user(), tg.people.user(), tg.people.user()];
  const place = tg.people.supergroup({ members: [boss, ada, bob] });
  const elsewhere = tg.people.supergroup({ members: [mallory, ada, boss] });
  tg.people.sendText({ from: mallory, chat: elsewhere, text: '/help@kinora_bot' });
  const other = await stage.untilSaid(elsewhere, /Reply to a photo/);
  await tg.people.sendPhoto({ from: ada, chat: place, bytes: photo, caption: `/animate ${words}` });
  return { boss, ada, bob, mallory, place, elsewhere, other };
}

async function delivered(words: string) {
  const found = await scene(words);
  return { ...found, clip: await stage.untilDone(found.place) };
}

describe('what another may press, who knows the number of a clip', () => {
  beforeAll(async () => {
    stage = await startStage();
  });
  afterAll(() => stage.close());

  test('the administrator of another chat may nothing, with any action', async () => {
    const { mallory, place, elsewhere, other, clip } = await delivered('two');
    for (const action of [...OWN, ...HERE])
      expect(await forge(other, mallory, action, clip), action).toMatchObject(NOT_YOURS);
    expect(await forge(other, mallory, 'nothing-of-ours', clip)).toMatchObject({ alert: true });
    expect((await stage.recorded(place, elsewhere)).map(({ state }) => state)).toEqual(['delivered']);
    expect(stage.said(elsewhere)).toHaveLength(1);
    expect(clip.deletedAt).toBeUndefined();
  });

  test('a stranger in the same group may take what is for everybody there, and nothing else', async () => {
    const { bob, place, clip } = await delivered('three');
    for (const action of OWN) expect(await forge(clip, bob, action, clip), action).toMatchObject(NOT_YOURS);
    expect(clip.deletedAt).toBeUndefined();
    expect(await forge(clip, bob, 'again', clip)).toMatchObject({ text: 'Your clip is on its way.' });
    expect(await forge(clip, bob, 'edit', clip)).toMatchObject({ alert: false });
    await stage.untilSaid(place, /What should happen instead/);
    const requesters = (await stage.recorded(place)).map(({ requester }) => requester.id);
    expect(requesters).toContain(`telegram:${bob.id}`);
    await stage.untilClip(place, 2);
  });

  test('who asked for it may everything, wherever they are', async () => {
    const { ada, elsewhere, other, clip } = await delivered('four');
    for (const [action, text] of [
      ['cancel', /^Too late/],
      ['retry', /settled already/],
      ['leave', /settled already/],
      ['send-again', /too old/],
    ] as const)
      expect((await forge(other, ada, action, clip)).text, action).toMatch(text);
    expect(await forge(other, ada, 'again', clip)).toMatchObject({ text: 'Your clip is on its way.' });
    expect((await stage.untilClip(elsewhere)).now.caption).toEqual(captioned('four'));
    await forge(other, ada, 'edit', clip);
    await stage.untilSaid(elsewhere, /What should happen instead/);
    expect((await forge(other, ada, 'delete', clip)).text).toBe('Deleted.');
    // What is shown of it goes away; the message under which was pressed has nothing to do with it.
    expect(clip.deletedAt).toBeDefined();
    expect(other.deletedAt).toBeUndefined();
  });

  test('a moderator may what is for the person who asked, there only, also where the group has moved', async () => {
    const { tg, photo } = stage;
    const { boss, other, clip } = await delivered('five');
    expect(await forge(other, boss, 'delete', clip)).toMatchObject(NOT_YOURS);
    for (const [action, text] of [
      ['cancel', /^Too late/],
      ['retry', /settled already/],
      ['leave', /settled already/],
      ['send-again', /too old/],
      ['delete', /^Deleted/],
    ] as const)
      expect((await forge(clip, boss, action, clip)).text, action).toMatch(text);

    const [chief, ada, bob] = [tg.people.user(), tg.people.user({ started: true }), tg.people.user()];
    const group = tg.people.group({ members: [chief, ada, bob] });
    await tg.people.sendPhoto({ from: ada, chat: group, bytes: photo, caption: '/animate six' });
    const moved = tg.people.migrate(group);
    const there = await stage.untilClip(moved);
    expect(await forge(there, bob, 'delete', there)).toMatchObject(NOT_YOURS);
    expect(await tg.people.press(there, 'Again', { from: bob })).toMatchObject({ text: 'Your clip is on its way.' });
    expect((await tg.people.press(there, 'Delete', { from: chief })).text).toBe('Deleted.');
    expect(there.deletedAt).toBeDefined();
    await stage.untilClip(moved);
  });

  test('nobody answers a question that another was asked', async () => {
    const { tg } = stage;
    const { ada, bob, place, clip } = await delivered('seven');
    await tg.people.press(clip, 'Edit scene', { from: ada });
    const question = await stage.untilSaid(place, /What should happen instead/);
    tg.people.sendText({ from: bob, chat: place, text: 'stolen', replyTo: question });
    tg.people.sendText({ from: ada, chat: place, text: 'seven again motion=99', replyTo: question });
    await stage.untilSaid(place, /Motion goes from 1/);
    tg.people.sendText({ from: ada, chat: place, text: 'seven again motion=9', replyTo: question });
    const back = await stage.untilSaid(place, /Shall I make this/);
    expect(await tg.people.press(back, 'Go (1 credit)', { from: bob })).toMatchObject({ alert: true });
    await tg.people.press(back, 'Go (1 credit)', { from: ada });
    await stage.untilClip(place, 2);
    expect(stage.rendered('stolen')).toEqual([]);
    const [task] = (await stage.recorded(place)).filter(({ scene: words }) => words === 'seven again');
    expect(task?.options.motion).toBe(9);
  });
});

describe('what another may press while a clip is being made', () => {
  beforeAll(async () => {
    stage = await startStage({ schedule: 'manual' });
  });
  afterAll(() => stage.close());

  test('Cancel: nobody else, from nowhere else; a moderator there may', async () => {
    const { boss, bob, mallory, place, other } = await scene('one');
    const card = await stage.untilSaid(place, /Rendering/);
    expect(await forge(other, mallory, 'cancel', card)).toMatchObject(NOT_YOURS);
    expect(await forge(card, bob, 'cancel', card)).toMatchObject(NOT_YOURS);
    expect((await stage.recorded(place)).map(({ requests }) => requests.cancel)).toEqual([undefined]);
    expect((await forge(card, boss, 'cancel', card)).text).toMatch(/^Stopping it/);
    await stage.untilSaid(place, /^Cancelled/);
  });

  test('whose doubt it is decides: nobody else has it tried again, or left', async () => {
    const { tg } = stage;
    stage.provider.misbehave('submit', { how: 'reset', when: 'read' });
    const { boss, bob, mallory, place, other } = await scene('eight');
    const card = await stage.untilSaid(place, UNCONFIRMED);
    const [, taskId] = dataOf(card, 'Leave it').split(':');
    for (const action of ['retry', 'leave']) {
      const press = (under: SeenMessage, from: { id: number }) =>
        tg.people.press(under, `${action}:${taskId}:0`, { from, forged: true });
      expect(await press(other, mallory)).toMatchObject(NOT_YOURS);
      expect(await press(card, bob)).toMatchObject(NOT_YOURS);
    }
    expect((await stage.recorded(place))[0]?.requests).toEqual({});
    const word = await tg.people.press(card, `leave:${taskId}:0`, { from: boss, forged: true });
    expect(word.text).toBe('Left alone.');
    await stage.untilSaid(place, /Nobody knows whether the service took this request/);
  });
});
