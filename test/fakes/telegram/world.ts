import type { Chat, Chats, MessageRecord } from './chats.ts';
import type { MovableClock } from './clock.ts';
import type { Shown } from './content.ts';
import type { Files } from './files.ts';
import type { Flood } from './flood.ts';
import type { News } from './news.ts';
import type { Msg, UserInfo } from './shapes.ts';

const MAX_VIDEOS = 100_000;

export interface World {
  bot: UserInfo;
  clock: MovableClock;
  news: News;
  chats: Chats;
  files: Files;
  flood: Flood;
  sentAt?: () => number | undefined;
  videos: VideoShown[];
  /** The next sends that are told 0 for the message's id. */
  scheduled: { left: number };
  /** Messages for one person of a group. `unknown`: an older server, which shows them to everybody. */
  ephemeral: { mode: 'shown' | 'refused' | 'unknown'; shown: { chat: number; to: number; text: string }[] };
  /** Calls that would have cost Stars. */
  paid: { count: number };
}

/** Each time the bot put a video (or a file instead) into a chat, by sending or by editing. */
export interface VideoShown {
  chat: number;
  message: number;
  how: 'sent' | 'edited in';
  as: 'video' | 'document';
  caption: string;
  replyTo: number | undefined;
  topic: number | undefined;
  sha256: string;
  bytes: number;
  width: number | undefined;
  height: number | undefined;
  duration: number | undefined;
  thumbnail: boolean;
  squareTile: boolean;
  at: number;
}

export function showVideo(world: World, record: MessageRecord, { file, square }: Shown, how: VideoShown['how']) {
  record.sha256 = file.sha256;
  const { now } = record;
  const as = now.video ? 'video' : now.document ? 'document' : undefined;
  if (!as || world.videos.length >= MAX_VIDEOS) return;
  const { width, height, duration, thumbnail } = file.info;
  world.videos.push({
    chat: record.chat,
    message: record.id,
    how,
    as,
    caption: now.caption ?? '',
    replyTo: now.reply_to_message?.message_id,
    topic: now.is_topic_message && now.message_thread_id,
    sha256: file.sha256,
    bytes: file.bytes.length,
    width,
    height,
    duration,
    thumbnail: thumbnail !== undefined,
    squareTile: square,
    at: world.clock.now(),
  });
}
/** Puts a message into a chat. */
export function post(world: World, chat: Chat, message: Omit<Msg, 'message_id' | 'date' | 'chat'>): MessageRecord {
  const id = world.chats.nextMessageId(chat);
  const at = world.sentAt?.() ?? world.clock.now();
  const record: MessageRecord = {
    chat: chat.info.id,
    id,
    byBot: message.from?.id === world.bot.id || (chat.info.type === 'channel' && message.from === undefined),
    sentAt: at,
    now: { message_id: id, date: Math.floor(at / 1000), chat: chat.info, ...message },
    history: [],
  };
  chat.messages.set(id, record);
  world.news.changed();
  return record;
}

/** How an answer hangs together with what it answers, where the chat has topics and where it has none. */
export function threadOf(chat: Chat, topic: number | undefined, target: MessageRecord | undefined): Partial<Msg> {
  if (topic !== undefined) return { message_thread_id: topic, is_topic_message: true };
  // In other supergroups the number only names the first message that was answered: nothing can be sent "to" it.
  if (chat.info.type !== 'supergroup' || chat.topics || !target) return {};
  return { message_thread_id: target.now.message_thread_id ?? target.id };
}

/** As a message appears inside another: without what it replies to itself. */
export const quoted = ({ reply_to_message: _, ...message }: Msg): Msg => message;
