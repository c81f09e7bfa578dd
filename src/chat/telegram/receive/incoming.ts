import type { Message, UserFromGetMe } from 'grammy/types';
import type { Command } from '../../../../commands/table.ts';
import type { RemotePicture } from '../../../media/pictures/declared.ts';
import { taskUnder } from '../buttons.ts';
import { askedUnder } from './choices.ts';
import { commandCalled, optionOf, pictureCommandOf } from './spoken.ts';

/** The bot itself. */
export interface Me extends Pick<UserFromGetMe, 'id' | 'username'> {
  /** All messages of its groups, and not only those that are meant for it. */
  seesAll: boolean;
}

/** The command that Telegram itself sends for a person who opens the chat. */
const START = 'start';
/** Telegram marks commands in Latin letters only, and people write others: `/оживи`. */
const UNMARKED = /^\/([\p{L}\p{N}_]{1,32})(?!\S)/u;

/** A message as it is meant. */
export type MessageIntent =
  | { type: 'nothing' }
  /** Not understood, or its picture is missing: how it goes. */
  | { type: 'help' }
  /** The chat was opened, or the bot asked to begin. */
  | { type: 'start' }
  /** A command that takes no picture. */
  | { type: 'command'; command: Command; words: string }
  /** A command with this picture; `answers` is its message. `unknown`: the command that was written, and that there is not. */
  | {
      type: 'picture';
      command: Command;
      unknown?: string;
      picture: RemotePicture;
      answers: number;
      words: string;
      album?: string;
      /** The bot was called by its name, and not only by a command that others of the chat may have, too. */
      isNamed: boolean;
      /** That of the message which it replies to. */
      replied?: RemotePicture;
    }
  /** Another picture of an album in a group, not addressed to the bot itself. */
  | { type: 'album'; album: string; picture: RemotePicture }
  /** A command that there is not. */
  | { type: 'unknown'; name: string }
  /**
   * Perhaps the answer to a question of ours, or about a clip of ours: `taskId`, where it replies to one. `isAddressed`: the
   * bot was named, by command or mention; `orHelp`: said to the bot, so that silence is no answer.
   */
  | {
      type: 'words';
      words: string;
      replyTo?: number;
      /** The question that the message replied to asks, as its buttons say. */
      asked?: string;
      taskId?: string;
      isAddressed: boolean;
      orHelp: boolean;
    };

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
  if (name === START) return { type: 'start' };
  const command = name === undefined ? undefined : commandCalled(name, commands);
  if (command && !optionOf(command, 'picture')) return { type: 'command', command, words };
  const asked = pictureAsked(message, words, me, { command, name, isNamed: true, commands });
  if (asked && (words !== '' || pictureIn(message))) return asked;
  if (message.text === undefined) return isService(message) ? { type: 'nothing' } : { type: 'help' };
  if (name !== undefined && !command) return { type: 'unknown', name };
  const said = wordsOf(message, words, { me, isAddressed: name !== undefined, orHelp: true });
  return name === undefined || repliedTo(message)?.from?.id === me.id ? said : { type: 'help' };
}

/** In a group only what is meant for the bot counts: other people's photos are left alone. */
function readInGroup(message: Message, me: Me, commands: readonly Command[]): MessageIntent {
  const { name, mentioned, bot, words } = addressed(message, me);
  const answersMe = repliedTo(message)?.from?.id === me.id;
  if (bot === 'other') return { type: 'nothing' };
  if (name === START) return { type: 'start' };
  const command = name === undefined ? undefined : commandCalled(name, commands);
  if (command && !optionOf(command, 'picture')) return { type: 'command', command, words };
  const isNamed = mentioned || bot === 'me';
  const asked = command || isNamed ? pictureAsked(message, words, me, { command, name, isNamed, commands }) : undefined;
  if (command || mentioned)
    return asked ?? (answersMe ? wordsOf(message, words, { me, isAddressed: true, orHelp: true }) : { type: 'help' });
  if (name !== undefined && bot)
    return asked && (words !== '' || pictureIn(message)) ? asked : { type: 'unknown', name };
  if (name === undefined && answersMe && message.text !== undefined)
    return wordsOf(message, words, { me, isAddressed: false, orHelp: false });
  const picture = message.media_group_id === undefined ? undefined : pictureIn(message);
  return message.media_group_id !== undefined && picture
    ? { type: 'album', album: message.media_group_id, picture }
    : { type: 'nothing' };
}

/**
 * The picture that is to be animated, with its words. A command that there is not is another bot's habit where there is a
 * picture (`/imagine waves`): the rest is taken as if it had been the right one.
 */
function pictureAsked(
  message: Message,
  words: string,
  me: Me,
  said: { command: Command | undefined; name: string | undefined; isNamed: boolean; commands: readonly Command[] },
): PictureIntent | undefined {
  const command = said.command ?? pictureCommandOf(said.commands);
  if (!command) return undefined;
  const { isNamed } = said;
  const unknown = said.command ? undefined : said.name;
  const own = pictureIn(message);
  const { message_id: answers, media_group_id: album } = message;
  // Words to a clip of ours are no request to animate the clip.
  const replied = message.reply_to_message;
  const theirs = replied && replied.from?.id !== me.id ? pictureIn(replied) : undefined;
  // Each comment under a channel's post replies to it, whether or not that is meant.
  const meant = replied?.is_automatic_forward ? undefined : theirs;
  if (own) return { type: 'picture', command, unknown, picture: own, answers, words, album, isNamed, replied: meant };
  if (replied && theirs)
    return { type: 'picture', command, unknown, picture: theirs, answers: replied.message_id, words, isNamed };
  const elsewhere = message.external_reply;
  const { origin } = elsewhere ?? {};
  const isOurs = origin?.type === 'user' && origin.sender_user.id === me.id;
  const picture = elsewhere && !isOurs ? pictureIn(elsewhere) : undefined;
  return picture && { type: 'picture', command, unknown, picture, answers, words, isNamed };
}

function wordsOf(
  message: Message,
  words: string,
  { me, ...about }: { me: Me; isAddressed: boolean; orHelp: boolean },
): Extract<MessageIntent, { type: 'words' }> {
  const replied = repliedTo(message);
  const ours = replied?.from?.id === me.id ? replied.reply_markup : undefined;
  return {
    type: 'words',
    words,
    replyTo: replied?.message_id,
    asked: askedUnder(ours),
    taskId: taskUnder(ours),
    ...about,
  };
}

/** The message that one replies to. In a topic all that replies to nothing replies to its beginning. */
const repliedTo = ({ reply_to_message: replied }: Message) => (replied?.forum_topic_created ? undefined : replied);

/** A person joined, a message was pinned: nothing is said by it. */
const isService = (message: Message): boolean => !CONTENTS.some((content) => message[content] !== undefined);
const CONTENTS = [
  ...(['sticker', 'voice', 'audio', 'video_note', 'location', 'contact', 'poll', 'dice'] as const),
  ...(['story', 'paid_media', 'game', 'checklist'] as const),
];

/** The picture of a message, or a file that was meant as one: it is refused in words where it cannot be used. */
function pictureIn({
  photo,
  document,
  video,
  animation,
  has_media_spoiler: spoiler,
}: Pick<Message, 'photo' | 'document' | 'video' | 'animation' | 'has_media_spoiler'>): RemotePicture | undefined {
  const largest = photo?.at(-1);
  if (largest) {
    const { file_id, file_size, width, height } = largest;
    return { ref: file_id, declared: { bytes: file_size, size: { width, height }, type: 'image/jpeg', spoiler } };
  }
  const file = animation ?? video ?? document;
  if (!file) return undefined;
  const type = file.mime_type ?? (document === file ? undefined : 'video/mp4');
  return { ref: file.file_id, declared: { bytes: file.file_size, type, spoiler } };
}

/** How the bot is addressed: by which command, for which bot, by its name; and the words without that. */
function addressed(message: Message, me: Me) {
  const text = message.text ?? message.caption ?? '';
  const entities = message.entities ?? message.caption_entities ?? [];
  const own = `@${me.username}`.toLowerCase();
  let words = text;
  let mentioned = false;
  let name: string | undefined;
  let bot: 'me' | 'other' | undefined;
  // From the end, so that what is cut out moves nothing that comes before it.
  for (const entity of entities.toReversed()) {
    const { type, offset, length } = entity;
    const word = text.slice(offset, offset + length).toLowerCase();
    const isCommand = type === 'bot_command' && offset === 0;
    const isMention = (type === 'mention' && word === own) || (type === 'text_mention' && entity.user.id === me.id);
    if (isCommand) {
      const [called = '', named] = word.slice(1).split('@');
      if (named !== undefined) bot = `@${named}` === own ? 'me' : 'other';
      name = called;
    }
    mentioned ||= isMention;
    if (isCommand || isMention) words = `${words.slice(0, offset)} ${words.slice(offset + length)}`;
  }
  const typed = name === undefined ? UNMARKED.exec(text) : undefined;
  if (typed) words = words.slice(typed[0].length);
  return { name: name ?? typed?.[1]?.toLowerCase(), mentioned, bot, words: words.trim() };
}
