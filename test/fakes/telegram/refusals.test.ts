import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asking } from './asking.ts';
import { type FakeTelegram, startTelegram } from './telegram.ts';

let tg: FakeTelegram;
let ask: ReturnType<typeof asking>;
beforeEach(async () => {
  tg = await startTelegram({ flood: 'off' });
  ask = asking(tg);
});
afterEach(() => tg.close());

const HOUR_MS = 3_600_000;
const NOT_MODIFIED =
  'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';
const NO_REPLY_TARGET = 'Bad Request: message to be replied not found';
const clipFile = new URL('../clips/clip-1280x720-5s.mp4', import.meta.url);
const clip = () => new Blob([readFileSync(clipFile)]);
const keyboard = (callback_data: string) => ({ inline_keyboard: [[{ text: 'Again', callback_data }]] });
const picture = async (side: number, format: 'jpeg' | 'png' = 'jpeg') =>
  new Blob([
    new Uint8Array(
      await sharp({ create: { width: side, height: 100, channels: 3, background: 'navy' } })
        .toFormat(format)
        .toBuffer(),
    ),
  ]);
const refusal = (description: string) => ({ ok: false, status: 400, error_code: 400, description });

describe('what is sent', () => {
  test.each([
    ['no text', {}, 'Bad Request: message text is empty'],
    ['blank text', { text: ' \n' }, 'Bad Request: message text is empty'],
    ['4097 characters', { text: 'x'.repeat(4097) }, 'Bad Request: message is too long'],
    [
      'an open tag',
      { text: '<b>x', parse_mode: 'HTML' },
      `Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`,
    ],
    [
      'a strange tag',
      { text: 'ä<x>', parse_mode: 'HTML' },
      `Bad Request: can't parse entities: Unsupported start tag "x" at byte offset 2`,
    ],
    [
      'a stray end tag',
      { text: 'x</i>', parse_mode: 'HTML' },
      `Bad Request: can't parse entities: Unexpected end tag at byte offset 1`,
    ],
    [
      'crossed tags',
      { text: '<b><i>x</b></i>', parse_mode: 'HTML' },
      `Bad Request: can't parse entities: Unmatched end tag at byte offset 7, expected "</i>", found "</b>"`,
    ],
    [
      'an entity beyond the end',
      { text: 'abc', entities: [{ type: 'bold', offset: 1, length: 3 }] },
      'Bad Request: entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 3',
    ],
    [
      '65 bytes on a button',
      { text: 'x', reply_markup: keyboard(`${'ä'.repeat(32)}x`) },
      'Bad Request: BUTTON_DATA_INVALID',
    ],
    [
      'a button without action',
      { text: 'x', reply_markup: { inline_keyboard: [[{ text: 'x' }]] } },
      "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
  ])('with %s is refused', async (_, params, why) => {
    const ada = tg.people.user({ started: true });
    expect(await ask('sendMessage', { chat_id: ada.id, ...params })).toMatchObject(refusal(why));
    expect(tg.messages(ada)).toEqual([]);
  });

  test('HTML becomes text with entities, and 64 bytes fit on a button', async () => {
    const ada = tg.people.user({ started: true });
    const text = '<b>Ä&lt;</b> 🎬 <a href="https://kinora.example/">here</a>';
    const { result } = await ask('sendMessage', {
      chat_id: ada.id,
      text,
      parse_mode: 'HTML',
      reply_markup: keyboard('x'.repeat(64)),
    });
    const link = { type: 'text_link', offset: 6, length: 4, url: 'https://kinora.example/' };
    expect(result).toMatchObject({ text: 'Ä< 🎬 here', entities: [{ type: 'bold', offset: 0, length: 2 }, link] });
  });

  test('a caption of 1025 characters, nothing as a file and an empty file are refused', async () => {
    const chat_id = tg.people.user({ started: true }).id;
    const long = await ask('sendVideo', { chat_id, video: clip(), caption: '🎬'.repeat(1025) });
    expect(long).toMatchObject(refusal('Bad Request: message caption is too long'));
    expect(await ask('sendVideo', { chat_id })).toMatchObject(refusal('Bad Request: there is no video in the request'));
    expect(await ask('sendVideo', { chat_id, video: new Blob([]) })).toMatchObject(
      refusal('Bad Request: file must be non-empty'),
    );
    const unknown = await ask('sendVideo', { chat_id, video: 'BAADunknown' });
    expect(unknown).toMatchObject(refusal('Bad Request: wrong file identifier/HTTP URL specified'));
    expect(await ask('sendVideo', { chat_id, video: clip(), caption: '🎬'.repeat(1024) })).toMatchObject({ ok: true });
  });

  test('a thumbnail must be a JPEG of at most 320 pixels', async () => {
    const video = { chat_id: tg.people.user({ started: true }).id, video: clip() };
    const png = { ...video, thumbnail: await picture(320, 'png') };
    expect(await ask('sendVideo', png)).toMatchObject(refusal('Bad Request: IMAGE_PROCESS_FAILED'));
    const wide = { ...video, thumbnail: await picture(321) };
    expect(await ask('sendVideo', wide)).toMatchObject(refusal('Bad Request: PHOTO_INVALID_DIMENSIONS'));
    expect(await ask('sendVideo', { ...video, thumbnail: await picture(320) })).toMatchObject({ ok: true });
  });

  test('a video of which too little is said is recorded as a square tile, one sent again by its id is not asked', async () => {
    const chat_id = tg.people.user({ started: true }).id;
    await ask('sendVideo', { chat_id, video: clip(), width: 1280, height: 720, duration: 5 });
    const whole = { width: 1280, height: 720, duration: 5, supports_streaming: true, thumbnail: await picture(320) };
    const { result } = await ask('sendVideo', { chat_id, video: clip(), ...whole });
    const { file_id } = result.video as { file_id: string };
    await ask('sendVideo', { chat_id, video: file_id });
    expect(tg.report().videos.map(({ squareTile }) => squareTile)).toEqual([true, false, false]);
  });

  test('a GIF becomes an animation and a WebP a sticker, unless they are to stay files', async () => {
    const ada = tg.people.user({ started: true });
    const picture = { create: { width: 8, height: 8, channels: 3 as const, background: '#808080' } };
    for (const [format, kind] of [
      ['gif', 'animation'],
      ['webp', 'sticker'],
    ] as const) {
      const document = new Blob([new Uint8Array(await sharp(picture)[format]().toBuffer())]);
      const sent = await ask('sendDocument', { chat_id: ada.id, document });
      expect(sent.result[kind]).toBeDefined();
      const file = await ask('sendDocument', { chat_id: ada.id, document, disable_content_type_detection: true });
      expect([file.result[kind], file.result.document]).toMatchObject([undefined, { mime_type: `image/${format}` }]);
    }
  });

  test('too large an upload is refused with 413', async () => {
    const small = await startTelegram({ maxUploadBytes: 1_000 });
    const chat_id = small.people.user({ started: true }).id;
    const answer = await asking(small)('sendVideo', { chat_id, video: clip() });
    expect(answer).toMatchObject({ status: 413, error_code: 413, description: 'Request Entity Too Large' });
    await small.close();
  });

  test('a send answered with message id 0 is in the chat but cannot be edited', async () => {
    const ada = tg.people.user({ started: true });
    tg.people.scheduleNext();
    const { result } = await ask('sendMessage', { chat_id: ada.id, text: 'x' });
    expect(result.message_id).toBe(0);
    const ids = tg.messages(ada).map(({ id }) => id);
    expect(ids).toHaveLength(1);
    const edit = { chat_id: ada.id, text: 'y' };
    expect(await ask('editMessageText', { ...edit, message_id: 0 })).toMatchObject(
      refusal('Bad Request: message identifier is not specified'),
    );
    expect(await ask('editMessageText', { ...edit, message_id: ids[0] })).toMatchObject(
      refusal('Bad Request: message to edit not found'),
    );
  });
});

describe('where it is sent', () => {
  const say = (chat_id: number, more: object = {}) => ask('sendMessage', { chat_id, text: 'x', ...more });

  test('nowhere, to a stranger, to who blocked the bot, and where it was thrown out', async () => {
    expect(await ask('sendMessage', { text: 'x' })).toMatchObject(refusal('Bad Request: chat_id is empty'));
    expect(await say(1)).toMatchObject(refusal('Bad Request: chat not found'));
    const ada = tg.people.user();
    const forbidden = (why: string) => ({ status: 403, error_code: 403, description: `Forbidden: ${why}` });
    expect(await say(ada.id)).toMatchObject(forbidden("bot can't initiate conversation with a user"));
    tg.people.sendText({ from: ada, text: '/start' });
    expect(await say(ada.id)).toMatchObject({ ok: true });
    tg.people.blockBot(ada);
    expect(await say(ada.id)).toMatchObject(forbidden('bot was blocked by the user'));
    for (const type of ['group', 'supergroup'] as const) {
      const chat = tg.people[type]({ members: [ada] });
      tg.people.kickBot(chat);
      expect(await say(chat.id)).toMatchObject(forbidden(`bot was kicked from the ${type} chat`));
    }
  });

  test('without the right to do so', async () => {
    const group = tg.people.supergroup({ members: [tg.people.user()] });
    tg.people.restrict(group, { video: false });
    const video = await ask('sendVideo', { chat_id: group.id, video: clip() });
    expect(video).toMatchObject(refusal('Bad Request: not enough rights to send videos to the chat'));
    const { result } = await say(group.id);
    const media = { type: 'video', media: 'attach://clip' };
    const edited = await ask('editMessageMedia', {
      chat_id: group.id,
      message_id: result.message_id,
      media,
      clip: clip(),
    });
    expect(edited).toMatchObject(refusal('Bad Request: not enough rights to send videos to the chat'));
    const me = await ask('getChatMember', { chat_id: group.id, user_id: tg.bot.id });
    expect(me.result).toMatchObject({ status: 'restricted', can_send_videos: false });
  });

  test('a group that has become a supergroup names the new one and tells the bot of both', async () => {
    const ada = tg.people.user();
    const group = tg.people.group({ members: [ada] });
    const { result } = await say(group.id);
    const next = tg.people.migrate(group);
    const upgraded = {
      ...refusal('Bad Request: group chat was upgraded to a supergroup chat'),
      parameters: { migrate_to_chat_id: next.id },
    };
    expect(await say(group.id)).toMatchObject(upgraded);
    expect(await ask('editMessageText', { chat_id: group.id, message_id: result.message_id, text: 'y' })).toMatchObject(
      upgraded,
    );
    const told = tg.updates().map(({ message }) => message);
    expect(told).toMatchObject([
      { chat: { id: group.id, type: 'group' }, migrate_to_chat_id: next.id },
      { chat: { id: next.id, type: 'supergroup' }, migrate_from_chat_id: group.id },
    ]);
    const reply_parameters = { message_id: result.message_id, allow_sending_without_reply: true };
    expect(await say(next.id, { reply_parameters })).toMatchObject(refusal(NO_REPLY_TARGET));
  });

  test('as a reply to a message that is gone, unless that may be', async () => {
    const ada = tg.people.user();
    const gone = tg.people.sendText({ from: ada, text: 'x' });
    tg.people.deleteMessage(gone);
    const reply_parameters = { message_id: gone.id };
    expect(await say(ada.id, { reply_parameters })).toMatchObject(refusal(NO_REPLY_TARGET));
    const { result } = await say(ada.id, {
      reply_parameters: { ...reply_parameters, allow_sending_without_reply: true },
    });
    expect(result.reply_to_message).toBeUndefined();
  });

  test('to a topic that is unknown, General by its number, closed or deleted', async () => {
    const ada = tg.people.user();
    const forum = tg.people.supergroup({ members: [ada], forum: true });
    const topic = tg.people.topic(forum);
    const to = (message_thread_id: number) => say(forum.id, { message_thread_id });
    expect((await to(topic.id)).result).toMatchObject({ message_thread_id: topic.id, is_topic_message: true });
    const question = tg.people.sendText({ from: ada, chat: forum, topic, text: '/animate' });
    const reply_parameters = { message_id: question.id, allow_sending_without_reply: true };
    expect((await say(forum.id, { reply_parameters })).result).toMatchObject({ message_thread_id: topic.id });
    tg.people.deleteMessage(question);
    // The flag does not help across topics.
    expect(await say(forum.id, { reply_parameters })).toMatchObject(refusal(NO_REPLY_TARGET));
    expect(await say(forum.id, { reply_parameters, message_thread_id: topic.id })).toMatchObject({ ok: true });
    for (const id of [1, 4711]) expect(await to(id)).toMatchObject(refusal('Bad Request: message thread not found'));
    tg.people.closeTopic(forum, 1);
    expect(await say(forum.id)).toMatchObject(refusal('Bad Request: TOPIC_CLOSED'));
    expect(await to(1)).toMatchObject(refusal('Bad Request: message thread not found'));
    tg.people.closeTopic(forum, topic);
    expect(await to(topic.id)).toMatchObject(refusal('Bad Request: TOPIC_CLOSED'));
    tg.people.deleteTopic(forum, topic);
    expect(await to(topic.id)).toMatchObject(refusal('Bad Request: message thread not found'));
  });

  test('to the thread of answers in a supergroup without topics', async () => {
    const ada = tg.people.user();
    const group = tg.people.supergroup({ members: [ada] });
    const first = tg.people.sendText({ from: ada, chat: group, text: 'x' });
    const answer = tg.people.sendText({ from: ada, chat: group, replyTo: first, text: '/animate' });
    expect(answer.now).toMatchObject({ message_thread_id: first.id });
    expect(answer.now.is_topic_message).toBeUndefined();
    const wrong = await say(group.id, { message_thread_id: first.id });
    expect(wrong).toMatchObject(refusal('Bad Request: message thread not found'));
  });
});

describe('what is edited and deleted', () => {
  test('the same words and buttons again are "not modified"; an edit without buttons takes them away', async () => {
    const ada = tg.people.user({ started: true });
    const sent = await ask('sendMessage', {
      chat_id: ada.id,
      text: '<b>x</b>',
      parse_mode: 'HTML',
      reply_markup: keyboard('a'),
    });
    const which = { chat_id: ada.id, message_id: sent.result.message_id };
    const same = {
      ...which,
      text: 'x',
      entities: [{ type: 'bold', offset: 0, length: 1 }],
      reply_markup: keyboard('a'),
    };
    expect(await ask('editMessageText', same)).toMatchObject(refusal(NOT_MODIFIED));
    expect(await ask('editMessageReplyMarkup', { ...which, reply_markup: keyboard('a') })).toMatchObject(
      refusal(NOT_MODIFIED),
    );
    expect(await ask('editMessageText', { ...which, text: 'x', reply_markup: keyboard('a') })).toMatchObject({
      ok: true,
    });
    expect((await ask('editMessageText', { ...which, text: 'x' })).result.reply_markup).toBeUndefined();
    expect(await ask('editMessageReplyMarkup', which)).toMatchObject(refusal(NOT_MODIFIED));
    expect(tg.messages(ada)[0]?.history).toHaveLength(2);
  });

  test('a text becomes a video, by upload or by file id, and then has no text to edit', async () => {
    const chat_id = tg.people.user({ started: true }).id;
    const text = async () => ({
      chat_id,
      message_id: (await ask('sendMessage', { chat_id, text: 'ready' })).result.message_id,
    });
    const [first, second] = [await text(), await text()];
    expect(await ask('editMessageCaption', { ...first, caption: 'y' })).toMatchObject(
      refusal('Bad Request: there is no caption in the message to edit'),
    );
    const upload = { ...first, media: { type: 'video', media: 'attach://clip', caption: 'the sea' }, clip: clip() };
    const { result } = await ask('editMessageMedia', upload);
    expect(await ask('editMessageMedia', upload)).toMatchObject(refusal(NOT_MODIFIED));
    const { file_id } = result.video as { file_id: string };
    const reuse = { ...second, media: { type: 'video', media: file_id, caption: 'the sea' } };
    expect((await ask('editMessageMedia', reuse)).result).toMatchObject({ video: { file_id }, caption: 'the sea' });
    expect(await ask('editMessageMedia', reuse)).toMatchObject(refusal(NOT_MODIFIED));
    expect(await ask('editMessageText', { ...first, text: 'y' })).toMatchObject(
      refusal('Bad Request: there is no text in the message to edit'),
    );
    expect((await ask('editMessageCaption', { ...first, caption: 'y' })).result).toMatchObject({
      video: { file_id },
      caption: 'y',
    });
    expect(await ask('editMessageCaption', { ...first, caption: 'y' })).toMatchObject(refusal(NOT_MODIFIED));
    expect(tg.report().videoCounts).toEqual({ 'the sea': 2 });
  });

  test('only what exists and is its own', async () => {
    const ada = tg.people.user();
    const hers = tg.people.sendText({ from: ada, text: 'x' });
    const edit = (message_id: number) => ask('editMessageText', { chat_id: ada.id, message_id, text: 'y' });
    expect(await edit(4711)).toMatchObject(refusal('Bad Request: message to edit not found'));
    expect(await edit(hers.id)).toMatchObject(refusal("Bad Request: message can't be edited"));
    const remove = (chat_id: number, message_id: number) => ask('deleteMessage', { chat_id, message_id });
    expect(await remove(ada.id, 4711)).toMatchObject(refusal('Bad Request: message to delete not found'));
    const group = tg.people.group({ members: [ada] });
    const there = tg.people.sendText({ from: ada, chat: group, text: 'x' });
    expect(await remove(group.id, there.id)).toMatchObject(refusal("Bad Request: message can't be deleted"));
  });

  test('its own messages can be deleted for 48 hours of the stand-in’s clock', async () => {
    const ada = tg.people.user({ started: true });
    const ids = await Promise.all(
      [1, 2, 3].map(async (n) => (await ask('sendMessage', { chat_id: ada.id, text: `${n}` })).result.message_id),
    );
    const remove = (message_id = 0) => ask('deleteMessage', { chat_id: ada.id, message_id });
    tg.advance(47 * HOUR_MS);
    expect(await remove(ids[0])).toMatchObject({ ok: true });
    expect(await remove(ids[0])).toMatchObject(refusal('Bad Request: message to delete not found'));
    expect(await ask('deleteMessages', { chat_id: ada.id, message_ids: [ids[0], ids[1]] })).toMatchObject({ ok: true });
    tg.advance(2 * HOUR_MS);
    expect(await remove(ids[2])).toMatchObject(refusal("Bad Request: message can't be deleted"));
    expect(tg.messages(ada).map(({ id }) => id)).toEqual([ids[2]]);
  });
});

describe('files, commands and queries', () => {
  test('getFile gives files up to 20 MB, by a path that lasts an hour', async () => {
    const ada = tg.people.user();
    const bytes = Buffer.from(await (await picture(50, 'png')).arrayBuffer());
    const small = await tg.people.sendDocument({ from: ada, bytes });
    const large = await tg.people.sendDocument({ from: ada, bytes, size: 20 * 1024 * 1024 + 1 });
    const fileOf = (record: typeof small) => ask('getFile', { file_id: record.now.document?.file_id });
    expect(await fileOf(large)).toMatchObject(refusal('Bad Request: file is too big'));
    expect(await ask('getFile', { file_id: 'x' })).toMatchObject(
      refusal('Bad Request: wrong file_id or the file is temporarily unavailable'),
    );
    const { result } = await fileOf(small);
    const url = `${tg.url}/file/bot${tg.token}/${result.file_path}`;
    expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(bytes)).toBe(true);
    expect((await fetch(url.replace(tg.token, '1:wrong'))).status).toBe(401);
    tg.advance(HOUR_MS);
    expect((await fetch(url)).status).toBe(404);
  });

  test.each([
    [{ command: 'Animate', description: 'x' }, 'BOT_COMMAND_INVALID'],
    [{ command: 'x'.repeat(33), description: 'x' }, 'command length must not exceed 32'],
    [{ command: '', description: 'x' }, 'command must be non-empty'],
    [{ command: 'animate', description: '' }, 'command description must be non-empty'],
    [{ command: 'animate', description: 'x'.repeat(257) }, 'command description length must not exceed 256'],
  ])('the command %j is refused', async (command, why) => {
    expect(await ask('setMyCommands', { commands: [command] })).toMatchObject(refusal(`Bad Request: ${why}`));
  });

  test('commands are kept by scope and language, and changes are counted', async () => {
    const commands = [{ command: 'animate', description: 'Bring a picture to life' }];
    const scope = { type: 'all_group_chats' };
    await ask('setMyCommands', { commands });
    await ask('setMyCommands', { commands: [], scope, language_code: 'de' });
    expect((await ask('getMyCommands')).result).toEqual(commands);
    expect((await ask('getMyCommands', { scope, language_code: 'de' })).result).toEqual([]);
    expect(await ask('setMyCommands', { commands, language_code: 'de-AT' })).toMatchObject({ status: 400 });
    expect(await ask('setMyCommands', { commands, scope: { type: 'chat', chat_id: 1 } })).toMatchObject(
      refusal('Bad Request: chat not found'),
    );
    await ask('setMyShortDescription', { short_description: 'moves' });
    expect((await ask('getMyShortDescription', { language_code: 'de' })).result).toEqual({
      short_description: 'moves',
    });
    expect(tg.report().commands.changes).toEqual({ commands: 2, texts: 1 });
  });

  test('a query can be answered once and not late', async () => {
    const ada = tg.people.user({ started: true });
    await ask('sendMessage', { chat_id: ada.id, text: 'x', reply_markup: keyboard('again:1') });
    const [card] = tg.messages(ada);
    if (!card) throw new Error('no message');
    expect(() => tg.people.press(card, 'Cancel')).toThrow('no button "Cancel" to press, but: "Again"');
    const press = () => {
      const answered = tg.people.press(card, 'again:1');
      return { answered, callback_query_id: tg.updates().at(-1)?.callback_query?.id };
    };
    const { answered, callback_query_id } = press();
    const tooOld = refusal('Bad Request: query is too old and response timeout expired or query ID is invalid');
    expect(await ask('answerCallbackQuery', { callback_query_id, text: 'well' })).toMatchObject({ ok: true });
    expect(await answered).toMatchObject({ text: 'well', data: 'again:1' });
    expect(await ask('answerCallbackQuery', { callback_query_id })).toMatchObject(tooOld);
    const late = press();
    late.answered.catch(() => {});
    tg.advance(16_000);
    expect(await ask('answerCallbackQuery', { callback_query_id: late.callback_query_id })).toMatchObject(tooOld);
  });

  test('an answer to a press leads to the bot itself, and nowhere else', async () => {
    const ada = tg.people.user({ started: true });
    const { result } = await ask('sendMessage', { chat_id: ada.id, text: 'x', reply_markup: keyboard('copy:1') });
    const opened = tg.people.press({ chat: ada.id, id: result.message_id }, 'Again');
    const query = tg.updates().at(-1)?.callback_query?.id;
    const answer = (url: string) => ask('answerCallbackQuery', { callback_query_id: query, url });
    expect(await answer('https://example.org/?start=1')).toMatchObject({ ok: false, error_code: 400 });
    expect(await answer('https://t.me/kinora_bot?start=copy')).toMatchObject({ ok: true });
    expect((await opened).url).toBe('https://t.me/kinora_bot?start=copy');
  });

  test('an inline answer is remembered for everyone for 300 seconds, unless it says otherwise', async () => {
    const [ada, bob] = [tg.people.user(), tg.people.user()];
    const answered = async (query: string, more: object) => {
      const offer = tg.people.inlineQuery({ from: ada, query });
      const inline_query_id = tg.updates().at(-1)?.inline_query?.id;
      await ask('answerInlineQuery', { inline_query_id, results: [], ...more });
      return offer;
    };
    const asked = () => tg.updates().filter(({ inline_query }) => inline_query).length;
    expect(await answered('all', {})).toMatchObject({ cached: false, personal: false, cacheTime: 300 });
    expect(await tg.people.inlineQuery({ from: bob, query: 'all' })).toMatchObject({ cached: true });
    await answered('mine', { is_personal: true, cache_time: 5 });
    expect(await tg.people.inlineQuery({ from: ada, query: 'mine' })).toMatchObject({ cached: true, personal: true });
    expect(asked()).toBe(2);
    tg.people.inlineQuery({ from: bob, query: 'mine' }).catch(() => {});
    tg.advance(6_000);
    tg.people.inlineQuery({ from: ada, query: 'mine' }).catch(() => {});
    expect(asked()).toBe(4);
  });

  test('inline results must be few, distinct and of files that exist', async () => {
    const ada = tg.people.user();
    const answer = (results: object[]) => {
      tg.people.inlineQuery({ from: ada, query: String(Math.random()) }).catch(() => {});
      return ask('answerInlineQuery', { inline_query_id: tg.updates().at(-1)?.inline_query?.id, results });
    };
    const { id: chat_id } = tg.people.user({ started: true });
    const sent = (await ask('sendVideo', { chat_id, video: clip() })).result.video as { file_id: string };
    const video = (id: string, video_file_id = sent.file_id) => ({ type: 'video', id, title: 'x', video_file_id });
    expect(await answer(Array.from({ length: 51 }, (_, n) => video(`${n}`)))).toMatchObject(
      refusal('Bad Request: too many inline query results specified'),
    );
    expect(await answer([video('1'), video('1')])).toMatchObject(refusal('Bad Request: RESULT_ID_DUPLICATE'));
    expect(await answer([video('1', 'unknown')])).toMatchObject({ status: 400 });
    expect(await answer(Array.from({ length: 50 }, (_, n) => video(`${n}`)))).toMatchObject({ ok: true });
  });
});
