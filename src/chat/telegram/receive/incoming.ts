import type { Message, UserFromGetMe } from 'grammy/types';
import type { RemotePicture } from '../../../../commands/animate.ts';

export type Me = Pick<UserFromGetMe, 'id' | 'username'>;

/** What a message asks of the bot. */
export type MessageIntent =
  | { kind: 'nothing' }
  | { kind: 'help' }
  /** A clip of this picture; `answers` is its message. Without words it still has to be asked for its scene. */
  | { kind: 'picture'; picture: RemotePicture; answers: number; words: string; album?: string }
  /** Another picture of an album in a group, not addressed to the bot itself. */
  | { kind: 'album'; album: string }
  /** Perhaps the answer to a question of ours; `orHelp`: where it is none the bot was addressed all the same. */
  | { kind: 'words'; words: string; replyTo?: number; orHelp: boolean };

interface Addressed {
  command?: string;
  mentioned: boolean;
  /** For another bot. */
  foreign: boolean;
  /** Without command and mention. */
  words: string;
}

/** Reads a message as it is meant; pure. */
export function readIntent(message: Message, me: Me): MessageIntent {
  const { type } = message.chat;
  // A clip of ours that somebody shared comes back by `via_bot`.
  if (type === 'channel' || message.via_bot?.id === me.id || message.is_automatic_forward) return { kind: 'nothing' };
  return type === 'private' ? readPrivate(message, me) : readInGroup(message, me);
}

function readPrivate(message: Message, me: Me): MessageIntent {
  const { command, words } = addressed(message, me);
  if (command === 'help' || command === 'start') return { kind: 'help' };
  const asked = pictureAsked(message, words, me);
  if (asked && (words !== '' || pictureIn(message))) return asked;
  if (message.text === undefined) return isService(message) ? { kind: 'nothing' } : { kind: 'help' };
  return command === undefined ? wordsOf(message, words, true) : { kind: 'help' };
}

/** In a group only what is meant for the bot counts: other people's photos are left alone. */
function readInGroup(message: Message, me: Me): MessageIntent {
  const { command, mentioned, foreign, words } = addressed(message, me);
  const answersMe = message.reply_to_message?.from?.id === me.id;
  if (foreign) return { kind: 'nothing' };
  if (command === 'animate' || mentioned)
    return pictureAsked(message, words, me) ?? (answersMe ? wordsOf(message, words, true) : { kind: 'help' });
  if (command === 'help') return { kind: 'help' };
  if (command === undefined && answersMe && message.text !== undefined) return wordsOf(message, words, false);
  return message.media_group_id !== undefined && pictureIn(message)
    ? { kind: 'album', album: message.media_group_id }
    : { kind: 'nothing' };
}

function pictureAsked(message: Message, words: string, me: Me): MessageIntent | undefined {
  const own = pictureIn(message);
  const album = message.media_group_id;
  if (own) return { kind: 'picture', picture: own, answers: message.message_id, words, ...(album ? { album } : {}) };
  const replied = message.reply_to_message;
  // Words to a clip of ours are no request to animate the clip.
  const theirs = replied && replied.from?.id !== me.id ? pictureIn(replied) : undefined;
  return replied && theirs && { kind: 'picture', picture: theirs, answers: replied.message_id, words };
}

const wordsOf = (message: Message, words: string, orHelp: boolean): MessageIntent => ({
  kind: 'words',
  words,
  orHelp,
  ...(message.reply_to_message ? { replyTo: message.reply_to_message.message_id } : {}),
});

/** Somebody joined, a message was pinned: nothing that anybody says. */
const isService = (message: Message): boolean => !CONTENTS.some((content) => message[content] !== undefined);
const CONTENTS = [
  ...(['sticker', 'voice', 'audio', 'video_note', 'location', 'contact', 'poll', 'dice'] as const),
  ...(['story', 'paid_media', 'game', 'checklist'] as const),
];

/** The picture of a message, or what was meant as one: what cannot be used is refused in words. */
function pictureIn({ photo, document, video, animation }: Message): RemotePicture | undefined {
  const largest = photo?.at(-1);
  if (largest) {
    const { file_id, file_size, width, height } = largest;
    return { ref: file_id, told: { ...bytesOf(file_size), size: { width, height }, type: 'image/jpeg' } };
  }
  const file = animation ?? video ?? document;
  if (!file) return undefined;
  const type = file.mime_type ?? (document === file ? undefined : 'video/mp4');
  return { ref: file.file_id, told: { ...bytesOf(file.file_size), ...(type === undefined ? {} : { type }) } };
}

const bytesOf = (bytes: number | undefined) => (bytes === undefined ? {} : { bytes });

function addressed(message: Message, me: Me): Addressed {
  const text = message.text ?? message.caption ?? '';
  const entities = message.entities ?? message.caption_entities ?? [];
  const name = `@${me.username}`.toLowerCase();
  let words = text;
  let mentioned = false;
  let command: string | undefined;
  let foreign = false;
  // From the end, so that what is cut out moves nothing that comes before it.
  for (const entity of entities.toReversed()) {
    const { type, offset, length } = entity;
    const word = text.slice(offset, offset + length).toLowerCase();
    const isCommand = type === 'bot_command' && offset === 0;
    const isMention = (type === 'mention' && word === name) || (type === 'text_mention' && entity.user.id === me.id);
    if (isCommand) {
      const [called = '', bot] = word.slice(1).split('@');
      foreign = bot !== undefined && `@${bot}` !== name;
      command = called;
    }
    mentioned ||= isMention;
    if (isCommand || isMention) words = `${words.slice(0, offset)} ${words.slice(offset + length)}`;
  }
  return { mentioned, foreign, words: words.trim(), ...(command === undefined ? {} : { command }) };
}
