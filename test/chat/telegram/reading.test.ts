import type { Message } from 'grammy/types';
import { describe, expect, test } from 'vitest';
import { keyboard, readPressed, renewed } from '../../../src/chat/telegram/buttons.ts';
import { readIntent } from '../../../src/chat/telegram/receive/incoming.ts';
import { parseCaption } from '../../../src/chat/telegram/receive/parse-caption.ts';
import { lines, plain, quoted, shortened } from '../../../src/chat/telegram/texts.ts';
import { messagesFor } from '../../../src/messages/messages.ts';

describe('options as words at the end of a scene', () => {
  test.each([
    ['waves roll in', { scene: 'waves roll in', options: {} }],
    ['waves motion=7 seed=42 10s pad', { scene: 'waves', options: { motion: 7, seed: 42, duration: 10, fit: 'pad' } }],
    ['waves\n5s CROP', { scene: 'waves', options: { duration: 5, fit: 'crop' } }],
    ['a pad of motion=7 paper', { scene: 'a pad of motion=7 paper', options: {} }],
    ['it lasts 30s', { scene: 'it lasts 30s', options: {} }],
    ['twice crop pad', { scene: 'twice crop', options: { fit: 'pad' } }],
    ['loud motion=99', { scene: 'loud', options: { motion: 99 } }],
    ['motion=x', { scene: 'motion=x', options: {} }],
    ['  pad  ', { scene: '', options: { fit: 'pad' } }],
  ])('%j', (words, wish) => {
    expect(parseCaption(words)).toEqual(wish);
  });
});

const me = { id: 7, username: 'kinora_bot' };
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
    const asked = readIntent(message({ photo, caption: '/animate now', caption_entities: command(8) }), me);
    expect(asked).toMatchObject({ kind: 'picture', picture: { ref: 'large' }, answers: 3, words: 'now' });
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
        ...{ photo, caption: '/animate now', caption_entities: command(8) },
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
  ])('%s', (_what, about, kind) => {
    expect(readIntent(message(about), me).kind).toBe(kind);
  });
});

describe('texts', () => {
  test('entities move along when lines are put below each other', () => {
    expect(lines(plain('one'), plain(''), quoted('🌊 @ada'))).toEqual({
      text: 'one\n🌊 @ada',
      entities: [{ type: 'code', offset: 4, length: 7 }],
    });
  });
  test('a cut never splits a character', () => {
    expect(shortened('ab🌊cd', 4)).toBe('ab…');
    expect(shortened('abcd', 4)).toBe('abcd');
  });
});

describe('buttons', () => {
  const taskId = 'a'.repeat(24);
  test('carry action, task and number in at most 64 bytes, and are renewed one by one', () => {
    const row = keyboard(['again', 'edit', 'send-again'], taskId, messagesFor('en'), 999_999_999);
    const data =
      row?.inline_keyboard[0]?.map((button) => ('callback_data' in button ? button.callback_data : '')) ?? [];
    expect(data).toHaveLength(3);
    for (const each of data) {
      expect(Buffer.byteLength(each ?? '')).toBeLessThanOrEqual(64);
      expect(readPressed(each ?? '')).toMatchObject({ taskId, n: 999_999_999 });
    }
    const fresh = keyboard(['again', 'edit'], taskId, messagesFor('en'));
    const next = fresh && renewed(fresh, { action: 'again', taskId, n: 0 });
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
    `boom:${taskId}:1`,
    'again:../x:1',
  ])('data of nobody’s is refused: %j', (data) => expect(readPressed(data)).toBeUndefined());
});
