import { afterEach, beforeEach, expect, test } from 'vitest';
import { tinyPng } from '../../helpers/pictures.ts';
import { asking } from './asking.ts';
import { spawnTelegram } from './child.ts';
import { type FakeTelegram, startTelegram } from './telegram.ts';

let tg: FakeTelegram;
beforeEach(async () => {
  tg = await startTelegram();
});
afterEach(() => tg.close());

const told = () => tg.updates().map((update) => update.message ?? update.edited_message);

test('with privacy mode the bot sees of a group only what is meant for it', async () => {
  const ada = tg.people.user();
  const chat = tg.people.group({ members: [ada] });
  const bytes = await tinyPng();
  const { result } = await asking(tg)('sendMessage', { chat_id: chat.id, text: 'hello' });
  const photo = await tg.people.sendPhoto({ from: ada, chat, bytes, caption: 'a plain photo' });
  tg.people.sendText({ from: ada, chat, text: 'just talk, with me@kinora_bot.example' });
  tg.people.sendText({ from: ada, chat, text: '/animate@other_bot the sea' });
  tg.people.sendText({ from: ada, chat, text: 'see /animate, or ask @other_bot' });
  expect(told()).toEqual([]);
  tg.people.sendText({ from: ada, chat, text: '/animate the sea', replyTo: photo });
  tg.people.sendText({ from: ada, chat, text: '/animate@Kinora_Bot' });
  await tg.people.sendPhoto({ from: ada, chat, bytes, caption: 'the sea 🌊, @kinora_bot' });
  tg.people.sendText({ from: ada, chat, text: 'thanks', replyTo: result.message_id });
  expect(told()).toMatchObject([
    { text: '/animate the sea', reply_to_message: { caption: 'a plain photo', photo: [{}, {}, {}, {}] } },
    { text: '/animate@Kinora_Bot', entities: [{ type: 'bot_command', offset: 0, length: 19 }] },
    { caption_entities: [{ type: 'mention', offset: 12, length: 11 }] },
    { text: 'thanks', reply_to_message: { text: 'hello' } },
  ]);
  tg.people.makeBotAdmin(chat);
  tg.people.sendText({ from: ada, chat, text: 'now everything' });
  expect(told().at(-1)).toMatchObject({ text: 'now everything' });
});

test('photos come in sizes, HD ones larger; files as they are; an album is one group of messages', async () => {
  const ada = tg.people.user();
  const bytes = await tinyPng(4000, 3000);
  const widths = (photo: { width?: number }[] = []) => photo.map(({ width }) => width);
  expect(widths((await tg.people.sendPhoto({ from: ada, bytes })).now.photo)).toEqual([90, 320, 800, 1280]);
  expect(widths((await tg.people.sendPhoto({ from: ada, bytes, hd: true })).now.photo).at(-1)).toBe(2560);
  const { now } = await tg.people.sendDocument({ from: ada, bytes, name: 'sea.png', caption: 'the sea' });
  expect(now.document).toMatchObject({ mime_type: 'image/png', file_name: 'sea.png', file_size: bytes.length });
  expect(tg.file(now.document?.file_id ?? '')?.equals(bytes)).toBe(true);
  const album = await tg.people.sendAlbum({ from: ada, pictures: [bytes, bytes], caption: 'both' });
  expect(new Set(album.map((message) => message.now.media_group_id)).size).toBe(1);
  expect(album.map((message) => message.now.caption)).toEqual(['both', undefined]);
  await expect(tg.people.sendPhoto({ from: ada, bytes: Buffer.from('no picture') })).rejects.toThrow('only pictures');
});

test('an answer field opens for those only who are mentioned or answered; such a message takes no edit', async () => {
  const [ada, bob, eve] = [tg.people.user(), tg.people.user({ username: 'bob_1' }), tg.people.user()];
  const chat = tg.people.group({ members: [ada, bob, eve] });
  const ask = asking(tg);
  const force = { force_reply: true, selective: true };
  const fieldOf = async (params: Record<string, unknown>) => {
    const { result } = await ask('sendMessage', { chat_id: chat.id, text: '@bob_1?', reply_markup: force, ...params });
    return tg.messages(chat).find(({ id }) => id === result.message_id)?.answerField;
  };
  const asked = tg.people.sendText({ from: eve, chat, text: '/help@kinora_bot' });
  expect(await fieldOf({})).toEqual([bob.id]);
  expect(await fieldOf({ text: 'who?' })).toEqual([]);
  expect(await fieldOf({ text: 'you', reply_parameters: { message_id: asked.id } })).toEqual([eve.id]);
  expect(await fieldOf({ text: 'all', reply_markup: { force_reply: true } })).toHaveLength(3);
  const mention = { type: 'text_mention', offset: 0, length: 3, user: { id: ada.id, is_bot: false, first_name: 'A' } };
  expect(await fieldOf({ text: 'Ada', entities: [mention] })).toEqual([ada.id]);
  const refusals = [
    await ask('sendMessage', { chat_id: chat.id, text: 'Ada', entities: [{ ...mention, user: undefined }] }),
    await ask('editMessageText', { chat_id: chat.id, message_id: asked.id + 1, text: 'other' }),
    await ask('editMessageText', { chat_id: chat.id, message_id: asked.id + 1, text: 'other', reply_markup: force }),
  ];
  expect(refusals.map(({ status }) => status)).toEqual([400, 400, 400]);
});

test('a reply to a message of another chat brings it along', async () => {
  const ada = tg.people.user();
  const chat = tg.people.supergroup({ members: [ada] });
  const photo = await tg.people.sendPhoto({ from: ada, chat, bytes: await tinyPng() });
  tg.people.sendText({ from: ada, text: 'this one', replyElsewhere: photo });
  expect(told().at(-1)).toMatchObject({
    text: 'this one',
    external_reply: {
      origin: { type: 'user', sender_user: { id: ada.id } },
      message_id: photo.id,
      photo: [{}, {}, {}, {}],
    },
  });
  expect(told().at(-1)?.reply_to_message).toBeUndefined();
});

test('an edited caption is told with the id of the message it belongs to', async () => {
  const ada = tg.people.user();
  const photo = await tg.people.sendPhoto({ from: ada, bytes: await tinyPng(), caption: 'the sea' });
  tg.people.edit(photo, '/animate the lake');
  expect(tg.updates().at(-1)?.edited_message).toMatchObject({
    message_id: photo.id,
    caption: '/animate the lake',
    photo: photo.now.photo,
    caption_entities: [{ type: 'bot_command', offset: 0, length: 8 }],
  });
  tg.people.edit(photo, 'no command any more');
  expect(tg.updates().at(-1)?.edited_message?.caption_entities).toBeUndefined();
});

test('the bot can ask where it is, who is there and who rules', async () => {
  const ask = asking(tg);
  const [ada, bob] = [tg.people.user({ name: 'Ada' }), tg.people.user({ name: 'Bob' })];
  const { id: chat_id } = tg.people.supergroup({ members: [ada, bob], title: 'Seaside', username: 'seaside' });
  tg.people.promote(chat_id, bob);
  expect((await ask('getChat', { chat_id: '@Seaside' })).result).toMatchObject({ id: chat_id, title: 'Seaside' });
  const status = async (user_id: number) => (await ask('getChatMember', { chat_id, user_id })).result.status;
  const people = [ada.id, bob.id, tg.bot.id, tg.people.user().id];
  expect(await Promise.all(people.map(status))).toEqual(['creator', 'administrator', 'member', 'left']);
  expect((await ask('getChatAdministrators', { chat_id })).result).toMatchObject([{ user: ada }, { user: bob }]);
  tg.people.kickBot(chat_id);
  expect(await status(tg.bot.id)).toBe('kicked');
  tg.people.addBot(chat_id);
  expect(tg.updates().at(-1)?.message).toMatchObject({ new_chat_members: [{ username: 'kinora_bot' }] });
});

test('a private chat may have topics, whose messages say so', () => {
  const ada = tg.people.user({ topics: true });
  const topic = tg.people.topic(ada, 'Clips');
  const { now } = tg.people.sendText({ from: ada, topic, text: 'x' });
  expect(now).toMatchObject({ chat: { type: 'private' }, message_thread_id: topic.id, is_topic_message: true });
});

test('being blocked and thrown out is told', () => {
  const ada = tg.people.user({ started: true });
  tg.people.blockBot(ada);
  tg.people.kickBot(tg.people.supergroup({ members: [ada] }));
  const standings = tg.updates().map(({ my_chat_member: change }) => change);
  expect(standings).toMatchObject([
    { chat: { type: 'private' }, new_chat_member: { status: 'kicked' } },
    { chat: { type: 'supergroup' }, new_chat_member: { status: 'kicked' } },
  ]);
});

test('a wait that is in vain says what it waited for', async () => {
  await expect(tg.until(() => tg.polling(), { withinMs: 10 })).rejects.toThrow(
    'after 10 ms still not: () => tg.polling()',
  );
});

test('in a process of its own it is driven over HTTP', async () => {
  const remote = await spawnTelegram({ token: '1:remote' });
  const ada = await remote.people.user({ name: 'Ada' });
  const photo = await remote.people.sendPhoto({ from: ada, bytes: await tinyPng(100, 50), caption: 'the sea' });
  expect(photo.now).toMatchObject({ caption: 'the sea', photo: [{ width: 90 }, { width: 100, height: 50 }] });
  await expect(remote.people.press(photo, 'Again')).rejects.toThrow('no button "Again" to press, but: none');
  await remote.misbehave('getMe', { how: 'status', status: 500 });
  const seen = remote.until((report) => report.counts.getMe === 2 && report);
  for (const status of [500, 200]) expect((await fetch(`${remote.url}/bot1:remote/getMe`)).status).toBe(status);
  const report = await seen;
  expect(report.unconfirmed).toBe(1);
  expect(await remote.file(photo.now.photo?.at(-1)?.file_id ?? '')).toBeInstanceOf(Buffer);
  await remote.close();
});

test('of reactions the bot is told where it asked for that, in groups as an administrator only', async () => {
  const ada = tg.people.user();
  const chat = tg.people.supergroup({ members: [ada] });
  const ask = asking(tg);
  const { result } = await ask('sendMessage', { chat_id: chat.id, text: 'a clip' });
  const clip = { chat: chat.id, id: result.message_id };
  const reactions = () => tg.updates().flatMap(({ message_reaction: told }) => told ?? []);
  tg.people.makeBotAdmin(chat);
  tg.people.react(clip, ada.id, ['❤']);
  expect(reactions()).toEqual([]);
  await ask('getUpdates', { allowed_updates: ['message', 'message_reaction'] });
  tg.people.react(clip, ada.id, ['🔥']);
  const [first] = reactions();
  expect(first).toMatchObject({ message_id: clip.id, user: { id: ada.id } });
  expect([first?.old_reaction, first?.new_reaction]).toMatchObject([[{ emoji: '❤' }], [{ emoji: '🔥' }]]);
  const elsewhere = tg.people.supergroup({ members: [ada] });
  const other = await ask('sendMessage', { chat_id: elsewhere.id, text: 'a clip' });
  tg.people.react({ chat: elsewhere.id, id: other.result.message_id }, ada.id, ['❤']);
  expect(reactions()).toHaveLength(1);
  expect(() => tg.people.react(clip, ada.id, ['⭐'])).toThrow('nobody can react with ⭐');
});
