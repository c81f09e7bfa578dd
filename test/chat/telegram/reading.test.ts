import type { Message } from 'grammy/types';
import { describe, expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { shortened } from '../../../src/chat/kit/text.ts';
import { changed, keyboard, readButton } from '../../../src/chat/telegram/buttons.ts';
import { filledByWords, personMeant } from '../../../src/chat/telegram/receive/command-words.ts';
import { readIntent } from '../../../src/chat/telegram/receive/incoming.ts';
import { lines, plain, quoted } from '../../../src/chat/telegram/texts.ts';

const me = { id: 7, username: 'kinora_bot', seesAll: true };
const photo = [
  { file_id: 'small', file_unique_id: 's', width: 90, height: 51 },
  { file_id: 'large', file_unique_id: 'l', width: 1280, height: 720, file_size: 5 },
];
const message = (about: Partial<Message>): Message =>
  // Only what is read is there.
  ({ message_id: 3, date: 1, chat: { id: -1, type: 'supergroup', title: 'A' }, ...about }) as Message;
const command = (length: number) => [{ type: 'bot_command' as const, offset: 0, length }];

describe('what a message in a group asks', () => {
  test('the largest of a photo’s sizes is the picture', () => {
    const asked = readIntent(message({ photo, caption: '/animate now', caption_entities: command(8) }), me, commands);
    expect(asked).toMatchObject({ type: 'picture', picture: { ref: 'large' }, answers: 3, words: 'now' });
  });
  test('the post of a channel that a comment stands under is none that it answers', () => {
    const replied = (about: Partial<Message>) => {
      const reply_to_message = {
        ...message({ photo, ...about }),
        reply_to_message: undefined,
      } as Message['reply_to_message'];
      const comment = { photo, caption: '/animate now', caption_entities: command(8), reply_to_message };
      return readIntent(message(comment), me, commands);
    };
    expect(replied({})).toMatchObject({ type: 'picture', replied: { ref: 'large' } });
    expect(replied({ is_automatic_forward: true })).toMatchObject({ type: 'picture', replied: undefined });
  });
  test.each<[string, Partial<Message>, string]>([
    ['a photo of somebody’s', { photo, caption: 'me' }, 'nothing'],
    ['a command for another bot', { photo, caption: '/animate@x_bot a', caption_entities: command(14) }, 'nothing'],
    ['another command', { photo, caption: '/other', caption_entities: command(6) }, 'nothing'],
    ['a word that only looks like a mention', { photo, caption: 'mail me@kinora_bot' }, 'nothing'],
    [
      'a mention of somebody else',
      { photo, caption: '@ada', caption_entities: [{ type: 'mention', offset: 0, length: 4 }] },
      'nothing',
    ],
    [
      'a clip that somebody shared by inline mode',
      { photo, caption: '@kinora_bot', via_bot: { id: 7, is_bot: true, first_name: 'K' } },
      'nothing',
    ],
    [
      'a picture that somebody found by another bot',
      {
        photo,
        caption: '/animate now',
        caption_entities: command(8),
        via_bot: { id: 8, is_bot: true, first_name: 'pic' },
      },
      'picture',
    ],
    [
      'a mention by name',
      {
        photo,
        caption: 'hi K',
        caption_entities: [
          { type: 'text_mention', offset: 3, length: 1, user: { id: 7, is_bot: true, first_name: 'K' } },
        ],
      },
      'picture',
    ],
    ['a command without a photo', { text: '/animate x', entities: command(8) }, 'help'],
    ['a command that takes none', { text: '/cancel', entities: command(7) }, 'command'],
    [
      'another bot’s habit that names this one',
      { photo, caption: '/imagine@kinora_bot waves', caption_entities: command(19) },
      'picture',
    ],
    ['the same without a picture', { text: '/imagine@kinora_bot waves', entities: command(19) }, 'unknown'],
    ['the same as a caption', { photo, caption: '/cancel', caption_entities: command(7) }, 'command'],
  ])('%s', (_what, about, type) => {
    expect(readIntent(message(about), me, commands).type).toBe(type);
  });
});

describe('what a message in a private chat asks', () => {
  const chat = { id: 5, type: 'private' as const, first_name: 'A' };
  const read = (about: Partial<Message>) => readIntent(message({ chat, ...about }), me, commands);
  const topic = { message_id: 1, forum_topic_created: { name: 'A', icon_color: 1 } } as Message['reply_to_message'];
  const sender = { id: 9, is_bot: false, first_name: 'B' };
  const quoting = (id: number): Message['external_reply'] => ({
    origin: { type: 'user', date: 1, sender_user: { ...sender, id } },
    photo,
  });
  const under = (...data: string[]): Message['reply_to_message'] =>
    ({
      message_id: 2,
      from: { ...sender, id: me.id },
      reply_markup: { inline_keyboard: data.map((each) => [{ text: 'x', callback_data: each }]) },
    }) as Message['reply_to_message'];
  const [one, two] = ['a'.repeat(24), 'b'.repeat(24)];

  test.each<[string, Partial<Message>, object]>([
    ['in a topic all replies to its beginning', { text: 'a', reply_to_message: topic }, { replyTo: undefined }],
    ['a photo of another chat', { text: 'a', external_reply: quoting(9) }, { type: 'picture', answers: 3 }],
    ['our own clip in another chat', { text: 'a', external_reply: quoting(7) }, { type: 'words' }],
    ['a clip', { text: 'a', reply_to_message: under(`again:${one}:0`, `edit:${one}:4`) }, { taskId: one }],
    [
      'a choice of several',
      { text: 'a', reply_to_message: under(`cancel:${one}:0`, `cancel:${two}:0`) },
      { taskId: undefined },
    ],
    ['a question', { text: 'a', reply_to_message: under(`ask:${'0'.repeat(16)}:no`) }, { asked: '0'.repeat(16) }],
    ['a command that there is not', { text: '/x y', entities: command(2) }, { type: 'unknown', name: 'x' }],
    ['the beginning', { text: '/start', entities: command(6) }, { type: 'start' }],
  ])('%s', (_what, about, intent) => expect(read(about)).toMatchObject(intent));

  test.each<[string, string, string, number]>([
    ['/imagine waves roll in', 'imagine', 'waves roll in', 8],
    ['/bewege die Wellen', 'bewege', 'die Wellen', 7],
    ['/Anima las olas', 'anima', 'las olas', 6],
    ['/anime', 'anime', '', 6],
    // Telegram marks none of other letters.
    ['/оживи волны', 'оживи', 'волны', 0],
    ['/éveille les vagues', 'éveille', 'les vagues', 0],
  ])('a caption whose command there is not is taken without it: %s', (caption, unknown, words, length) => {
    const caption_entities = length > 0 ? command(length) : undefined;
    expect(read({ photo, caption, caption_entities })).toMatchObject({ type: 'picture', unknown, words });
    expect(read({ text: caption, entities: caption_entities })).toEqual({ type: 'unknown', name: unknown });
  });
});

describe('texts', () => {
  test('entities move along when lines are put below each other', () => {
    expect(lines(plain('one'), plain(''), quoted('🌊 @ada'))).toEqual({
      text: 'one\n🌊 @ada',
      entities: [{ type: 'code', offset: 7, length: 4 }],
    });
  });
  test('a cut never splits a character', () => {
    expect(shortened('ab🌊cd', 4)).toBe('ab…');
    expect(shortened('abcd', 4)).toBe('abcd');
  });
});

describe('words behind a command', () => {
  const clips = commands.find(({ name }) => name === 'clips');
  const show = commands.find(({ name }) => name === 'show');
  if (!clips || !show) throw new Error('no such commands');
  test.each([
    ['', {}],
    ['mine', { of: 'mine' }],
    ['HERE Sea of stars', { of: 'here', words: 'Sea of stars' }],
    ['mine starred sea', { of: 'mine', starred: true, words: 'sea' }],
    ['sea  starred', { starred: true, words: 'sea' }],
    ['a mine in the sea', { words: 'a mine in the sea' }],
    ['a starred sky', { words: 'a starred sky' }],
    ['of=mine sea', { words: 'of=mine sea' }],
  ])('%j', (words, given) => expect(filledByWords(clips, words, 'en')).toEqual(given));
  test('name a clip where the command wants one', () => {
    expect(filledByWords(show, ' 0123abcd ', 'en')).toEqual({ clip: '0123abcd' });
    expect(filledByWords(show, '', 'en')).toEqual({});
  });

  const bob = { id: 8, is_bot: false, first_name: 'Bob' };
  test('are about who is mentioned by name, or who is replied to; never the bot', () => {
    const mention = { type: 'text_mention', offset: 7, length: 3, user: bob } as const;
    const text = '/clips Bob sea';
    expect(personMeant(message({ text, entities: [mention] }), 'Bob sea', me)).toEqual({
      person: 'telegram:8',
      words: 'sea',
    });
    const replied = (from: typeof bob) =>
      message({ text: '/clips', reply_to_message: message({ from }) as Message['reply_to_message'] });
    expect(personMeant(replied(bob), '', me).person).toBe('telegram:8');
    expect(personMeant(replied({ ...bob, id: me.id, is_bot: true }), '', me).person).toBeUndefined();
  });
});

describe('buttons', () => {
  const taskId = 'a'.repeat(24);
  const button = (action: string) => ({ action, label: action, style: 'plain' as const });
  test('carry action, task and number in at most 64 bytes, and are renewed one by one', () => {
    const row = keyboard([button('again'), button('edit'), button('send-again')], taskId, { n: 999_999_999 });
    const data =
      row?.inline_keyboard[0]?.map((button) => ('callback_data' in button ? button.callback_data : '')) ?? [];
    expect(data).toHaveLength(3);
    for (const each of data) {
      expect(Buffer.byteLength(each ?? '')).toBeLessThanOrEqual(64);
      expect(readButton(each ?? '')).toMatchObject({ taskId, n: 999_999_999 });
    }
    const fresh = keyboard([button('again'), button('edit')], taskId);
    const next = fresh && changed(fresh, ({ action }) => (action === 'again' ? { n: 1 } : {}));
    expect(next?.inline_keyboard[0]).toMatchObject([
      { callback_data: `again:${taskId}:1` },
      { callback_data: `edit:${taskId}:0` },
    ]);
  });
  test.each([
    '',
    'again',
    `again:${taskId}`,
    `again:${taskId}:-1`,
    `again:${taskId}:1:2`,
    `Boom!:${taskId}:1`,
    `${'a'.repeat(17)}:${taskId}:1`,
    'again:../x:1',
  ])('data of nobody’s is refused: %j', (data) => expect(readButton(data)).toBeUndefined());
});
