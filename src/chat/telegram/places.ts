import type { Message } from 'grammy/types';
import type { Place, Task } from '../../task/task.ts';

/** What stands before people's ids, with whichever bot they are; and `Place.platform` of a record's first bot. */
export const SERVICE = 'telegram';

/** Limits of uploads and downloads through Telegram's own server, in bytes; https://core.telegram.org/bots/api#sending-files */
export const MAX_UPLOAD_BYTES = 50 * 1000 * 1000;
export const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024;

/** Where something can be posted. */
export interface TelegramTarget {
  chat: string;
  thread?: number;
  /** The message it answers. */
  reply?: number;
}

/** One of our messages, as it stands on record: `<chat>:<message>`, because a group that moves has another id. */
export interface TelegramMessageRef {
  chat: string;
  message: number;
}

export const writeRef = ({ chat, message }: TelegramMessageRef): string => `${chat}:${message}`;

export function readRef(text: string | undefined): TelegramMessageRef | undefined {
  const [, chat, message] = /^(-?\d+):(\d+)$/.exec(text ?? '') ?? [];
  return chat === undefined ? undefined : { chat, message: Number(message) };
}

/** Name on record of the group's new id, where it moved. */
export const MOVED = 'moved';

/** The target that answers the place's message, in its topic. */
export const targetIn = ({ chat, thread, message }: Omit<Place, 'platform'>): TelegramTarget => ({
  chat,
  thread: thread === undefined ? undefined : Number(thread),
  reply: message === undefined ? undefined : Number(message),
});

/**
 * Where a task's messages belong, best first: where it was asked for, then the requester's private chat. What is said of a
 * clip that stands there answers it. A clip that is shown once more answers nothing, and belongs nowhere else.
 */
export function targetsOf({ place, requester, shows }: Task, sent: Readonly<Record<string, string>>): TelegramTarget[] {
  const moved = sent[MOVED];
  const { chat, thread, reply } = moved === undefined ? targetIn(place) : { chat: moved };
  const clip = readRef(sent.clip);
  const under = clip?.chat === chat && clip.message !== 0 ? clip.message : undefined;
  const asked = { chat, thread, reply: under ?? (shows === undefined ? reply : undefined) };
  const person = personIdOf(requester.id)?.toString();
  return person === undefined || person === place.chat || shows !== undefined ? [asked] : [asked, { chat: person }];
}

/** A person's number; undefined for who writes as a chat. */
export function personIdOf(requester: string): number | undefined {
  const [, id] = /^telegram:(\d+)$/.exec(requester) ?? [];
  return id === undefined ? undefined : Number(id);
}

/** Names the topic that has no number, in settings. */
const GENERAL = 'general';
/** The topic that a place is in, as settings name it. */
export const channelsOf = ({ thread }: Pick<Place, 'thread'>): string[] => [thread ?? GENERAL];

/** Who writes as a chat presses as themselves: nobody could press their **Go**. */
export const canPress = ({ id }: Pick<Task['requester'], 'id'>): boolean => personIdOf(id) !== undefined;

/** Which of the bots: the name that its places have. */
export interface OfBot {
  platform: string;
}

/** Where a person is alone with the bot; undefined for who writes as a chat. */
export function privatePlaceOf(requester: string, { platform }: OfBot): Place | undefined {
  const person = personIdOf(requester);
  return person === undefined ? undefined : { platform, chat: String(person) };
}

/** The place of a request: `message` is what its clip will answer. */
export const placeOf = (message: Message, { platform }: OfBot, answers?: number): Place => ({
  platform,
  ...spotOf(message, answers),
});

/** The same, whichever bot is there. */
export const spotOf = (message: Message, answers: number = message.message_id) => ({
  chat: String(message.chat.id),
  // Elsewhere a thread's number is that of a reply, which nothing can be posted to.
  thread: message.is_topic_message ? message.message_thread_id?.toString() : undefined,
  message: String(answers),
});

/** The numbers of supergroups and channels, which number their messages for all who are in them. */
const isNumberedForAll = (chat: string): boolean => Number(chat) < -1_000_000_000_000;

/**
 * The key of a message's request, or of an album's: the same however often it is told. In a supergroup it is the same with
 * all bots, so that words which several of them hear are one request, of the first; elsewhere each bot has numbers of its own.
 */
export function requestKeyOf(message: Message, { platform }: OfBot, album?: string): string {
  const chat = String(message.chat.id);
  const of = isNumberedForAll(chat) ? SERVICE : platform;
  return album === undefined ? `${of}:${chat}:${message.message_id}` : `${of}:${chat}:album:${album}`;
}

/** The message or album that a request came of; undefined where it came of none. */
export function readRequestKey(key: string): { chat: string; message?: number } | undefined {
  const [, chat, message] = /^telegram(?:-\d+)?:(-?\d+):(?:album:|(\d+)(?::|$))/.exec(key) ?? [];
  return chat === undefined ? undefined : { chat, message: message === undefined ? undefined : Number(message) };
}

/**
 * Who wrote it; undefined for bots and for nobody. An administrator may write as the group, and anybody as each of their
 * channels, of which they can make as many as they like: so all who do are held to limits as the chat that they write in.
 */
export function writerOf({ from, chat, sender_chat: as }: Message): Task['requester'] | undefined {
  if (as) return { id: `${SERVICE}:${as.id}`, name: as.title ?? String(as.id), person: `${SERVICE}:${chat.id}` };
  return from && !from.is_bot ? personOf(from) : undefined;
}

export const personOf = (person: { id: number; first_name: string; last_name?: string }): Task['requester'] => ({
  id: `${SERVICE}:${person.id}`,
  name: [person.first_name, person.last_name].filter((name) => name !== undefined).join(' '),
});
