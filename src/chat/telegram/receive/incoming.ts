import type { Message, UserFromGetMe } from 'grammy/types';
import type { Command } from '../../../../commands/table.ts';
import type { RemotePicture } from '../../../media/pictures/declared.ts';
import { commandCalled, optionOf, pictureCommandOf } from './spoken.ts';

/** The bot itself. */
export interface Me extends Pick<UserFromGetMe, 'id' | 'username'> {
  /** All messages of its groups, and not only those that are meant for it. */
  seesAll: boolean;
}

/** The command that Telegram itself sends for a person who opens the chat. */
const START = 'start';

/** A message as it is meant. */
export type MessageIntent =
  | { type: 'nothing' }
  /** Not understood, or its picture is missing: how it goes. */
  | { type: 'help' }
  /** A command that takes no picture. */
  | { type: 'command'; command: Command; words: string }
  /** A command with this picture; `answers` is its message. */
  | {
      type: 'picture';
      command: Command;
      picture: RemotePicture;
      answers: number;
      words: string;
      album?: string;
    }
  /** Another picture of an album in a group, not addressed to the bot itself. */
  | { type: 'album'; album: string }
  /** Perhaps the answer to a question of ours; `orHelp`: where it is none the bot was addressed all the same. */
  | { type: 'words'; words: string; replyTo?: number; orHelp: boolean };

export type PictureIntent = Extract<MessageIntent, { type: 'picture' }>;

/** Reads a message as it is meant; pure. */
export function readIntent(message: Message, me: Me, commands: readonly Command[]): MessageIntent {
  const { type } = message.chat;
  // A clip of ours that was shared comes back by `via_bot`.
  if (type === 'channel' || message.via_bot?.id === me.id || message.is_automatic_forward) return { type: 'nothing' };
  return type === 'private' ? readPrivate(message, me, commands) : readInGroup(message, me, commands);
}

function readPrivate(message: Message, me: Me, commands: readonly Command[]): MessageIntent {
  const { name, words } = addressed(message, me);
  if (name === START) return { type: 'help' };
  const command = name === undefined ? undefined : commandCalled(name, commands);
  if (command && !optionOf(command, 'picture')) return { type: 'command', command, words };
  const asked = pictureAsked(message, words, me, command ?? pictureCommandOf(commands));
  if (asked && (words !== '' || pictureIn(message))) return asked;
  if (message.text === undefined) return isService(message) ? { type: 'nothing' } : { type: 'help' };
  return name === undefined ? wordsOf(message, words, true) : { type: 'help' };
}

/** In a group only what is meant for the bot counts: other people's photos are left alone. */
function readInGroup(message: Message, me: Me, commands: readonly Command[]): MessageIntent {
  const { name, mentioned, foreign, words } = addressed(message, me);
  const answersMe = message.reply_to_message?.from?.id === me.id;
  if (foreign) return { type: 'nothing' };
  const command = name === undefined ? undefined : commandCalled(name, commands);
  if (command && !optionOf(command, 'picture')) return { type: 'command', command, words };
  if (command || mentioned)
    return (
      pictureAsked(message, words, me, command ?? pictureCommandOf(commands)) ??
      (answersMe ? wordsOf(message, words, true) : { type: 'help' })
    );
  if (name === undefined && answersMe && message.text !== undefined) return wordsOf(message, words, false);
  return message.media_group_id !== undefined && pictureIn(message)
    ? { type: 'album', album: message.media_group_id }
    : { type: 'nothing' };
}

function pictureAsked(
  message: Message,
  words: string,
  me: Me,
  command: Command | undefined,
): PictureIntent | undefined {
  if (!command) return undefined;
  const own = pictureIn(message);
  const { message_id: answers, media_group_id: album } = message;
  if (own) return { type: 'picture', command, picture: own, answers, words, album };
  const replied = message.reply_to_message;
  // Words to a clip of ours are no request to animate the clip.
  const theirs = replied && replied.from?.id !== me.id ? pictureIn(replied) : undefined;
  return replied && theirs && { type: 'picture', command, picture: theirs, answers: replied.message_id, words };
}

const wordsOf = (message: Message, words: string, orHelp: boolean): MessageIntent => ({
  type: 'words',
  words,
  orHelp,
  replyTo: message.reply_to_message?.message_id,
});

/** A person joined, a message was pinned: nothing is said by it. */
const isService = (message: Message): boolean => !CONTENTS.some((content) => message[content] !== undefined);
const CONTENTS = [
  ...(['sticker', 'voice', 'audio', 'video_note', 'location', 'contact', 'poll', 'dice'] as const),
  ...(['story', 'paid_media', 'game', 'checklist'] as const),
];

/** The picture of a message, or a file that was meant as one: it is refused in words where it cannot be used. */
function pictureIn({ photo, document, video, animation }: Message): RemotePicture | undefined {
  const largest = photo?.at(-1);
  if (largest) {
    const { file_id, file_size, width, height } = largest;
    return { ref: file_id, declared: { bytes: file_size, size: { width, height }, type: 'image/jpeg' } };
  }
  const file = animation ?? video ?? document;
  if (!file) return undefined;
  const type = file.mime_type ?? (document === file ? undefined : 'video/mp4');
  return { ref: file.file_id, declared: { bytes: file.file_size, type } };
}

/** How the bot is addressed: by which command, by its name, or another bot; and the words without that. */
function addressed(message: Message, me: Me) {
  const text = message.text ?? message.caption ?? '';
  const entities = message.entities ?? message.caption_entities ?? [];
  const own = `@${me.username}`.toLowerCase();
  let words = text;
  let mentioned = false;
  let name: string | undefined;
  let foreign = false;
  // From the end, so that what is cut out moves nothing that comes before it.
  for (const entity of entities.toReversed()) {
    const { type, offset, length } = entity;
    const word = text.slice(offset, offset + length).toLowerCase();
    const isCommand = type === 'bot_command' && offset === 0;
    const isMention = (type === 'mention' && word === own) || (type === 'text_mention' && entity.user.id === me.id);
    if (isCommand) {
      const [called = '', bot] = word.slice(1).split('@');
      foreign = bot !== undefined && `@${bot}` !== own;
      name = called;
    }
    mentioned ||= isMention;
    if (isCommand || isMention) words = `${words.slice(0, offset)} ${words.slice(offset + length)}`;
  }
  return { name, mentioned, foreign, words: words.trim() };
}
