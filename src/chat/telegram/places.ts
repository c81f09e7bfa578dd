import type { Message } from 'grammy/types';
import type { Place, Task } from '../../task/task.ts';

/** `Place.platform`, and what stands before people's ids. */
export const PLATFORM = 'telegram';

/** What a bot may upload and download through Telegram's own server, in bytes; https://core.telegram.org/bots/api#sending-files */
export const MAX_UPLOAD_BYTES = 50 * 1000 * 1000;
export const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024;

/** Where something can be posted. */
export interface Target {
  chat: string;
  thread?: number;
  /** The message it answers. */
  reply?: number;
}

/** One of our messages, as it stands on record: `<chat>:<message>`, because a group that moves has another id. */
export interface MessageRef {
  chat: string;
  message: number;
}

export const writeRef = ({ chat, message }: MessageRef): string => `${chat}:${message}`;

export function readRef(text: string | undefined): MessageRef | undefined {
  const [, chat, message] = /^(-?\d+):(\d+)$/.exec(text ?? '') ?? [];
  return chat === undefined ? undefined : { chat, message: Number(message) };
}

/** Name on record of the group's new id, where it moved. */
export const MOVED = 'moved';

/** Where a task's messages belong, best first: where it was asked for, then the private chat of whoever asked. */
export function targetsOf({ place, requester }: Task, sent: Readonly<Record<string, string>>): Target[] {
  const moved = sent[MOVED];
  const asked: Target =
    moved === undefined
      ? {
          chat: place.chat,
          ...(place.thread === undefined ? {} : { thread: Number(place.thread) }),
          ...(place.message === undefined ? {} : { reply: Number(place.message) }),
        }
      : { chat: moved };
  const [, person] = /^telegram:(\d+)$/.exec(requester.id) ?? [];
  return person === undefined || person === place.chat ? [asked] : [asked, { chat: person }];
}

/** The place of a request: `message` is what its clip will answer. */
export function placeOf(message: Message, answers: number = message.message_id): Place {
  return {
    platform: PLATFORM,
    chat: String(message.chat.id),
    // Elsewhere a thread's number is that of a reply, which nothing can be posted to.
    ...(message.is_topic_message && message.message_thread_id !== undefined
      ? { thread: String(message.message_thread_id) }
      : {}),
    message: String(answers),
  };
}

/** Who wrote it: an administrator may write as the group. Undefined for bots and for nobody. */
export function writerOf({ from, sender_chat: chat }: Message): Task['requester'] | undefined {
  if (chat) return { id: `${PLATFORM}:${chat.id}`, name: chat.title ?? String(chat.id) };
  return from && !from.is_bot ? personOf(from) : undefined;
}

export const personOf = (person: { id: number; first_name: string; last_name?: string }): Task['requester'] => ({
  id: `${PLATFORM}:${person.id}`,
  name: [person.first_name, person.last_name].filter((name) => name !== undefined).join(' '),
});
