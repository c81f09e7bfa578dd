import { badRequest, forbidden } from './refusal.ts';
import type { ChatInfo, Msg, UserInfo } from './shapes.ts';

export interface Topic {
  id: number;
  name: string;
  closed: boolean;
  deleted: boolean;
}

/** What a chat lets an ordinary member, and so the bot, send. */
export type Kind = 'text' | 'photo' | 'video' | 'document';

/** A message as the stand-in keeps it, with what it was before. */
export interface MessageRecord {
  chat: number;
  id: number;
  byBot: boolean;
  /** Milliseconds. */
  sentAt: number;
  now: Msg;
  /** What it was before each edit, oldest first. */
  history: Msg[];
  deletedAt?: number;
  /** The bot was told 0 for its id and cannot touch it. */
  scheduled?: true;
  /** Those whose answer field it opened. */
  answerField?: readonly number[];
  /** The bot's own. */
  reactions?: string[];
  /** People's, by who they are. */
  peoplesReactions?: Map<number, string[]>;
  /** Hex SHA-256 of the video or document it shows. */
  sha256?: string;
}

export interface Chat {
  info: ChatInfo;
  members: Map<number, UserInfo>;
  creator?: number;
  admins: Set<number>;
  /** The bot's standing; `stranger`: the person never wrote to it. */
  bot: 'member' | 'administrator' | 'left' | 'kicked' | 'blocked' | 'stranger';
  may: Record<Kind, boolean>;
  topics: Map<number, Topic> | undefined;
  messages: Map<number, MessageRecord>;
  lastMessageId: number;
  migratedTo?: number;
  migratedFrom?: number;
}

/** What members may do, in the words of the Bot API. */
export const permissionsOf = ({ may }: Chat) => ({
  can_send_messages: may.text,
  can_send_photos: may.photo,
  can_send_videos: may.video,
  can_send_documents: may.document,
});

const NO_RIGHT: Record<Kind, string> = {
  text: 'not enough rights to send text messages to the chat',
  photo: 'not enough rights to send photos to the chat',
  video: 'not enough rights to send videos to the chat',
  document: 'not enough rights to send documents to the chat',
};

export function createChats(bot: UserInfo, numberIn?: (chat: number) => number) {
  const chats = new Map<number, Chat>();
  const users = new Map<number, UserInfo>();
  let ids = 1_000;
  // Private chats and basic groups number their messages together, supergroups and channels each for themselves.
  let sharedMessageId = 100;

  const find = (id: number | string): Chat | undefined =>
    typeof id === 'number'
      ? chats.get(id)
      : [...chats.values()].find(
          ({ info }) => info.type !== 'private' && `@${info.username}`.toLowerCase() === id.toLowerCase(),
        );

  function known(id: number | string): Chat {
    const chat = find(id);
    if (!chat) throw badRequest('chat not found');
    return chat;
  }

  /** It has not become another one. */
  function active(id: number | string): Chat {
    const chat = known(id);
    if (chat.migratedTo === undefined) return chat;
    throw badRequest('group chat was upgraded to a supergroup chat', { migrate_to_chat_id: chat.migratedTo });
  }

  return {
    chats,
    users,
    find,
    known,
    nextId: () => ++ids,
    add(info: ChatInfo, more: Partial<Chat> = {}): Chat {
      const chat: Chat = {
        info,
        members: new Map(),
        admins: new Set(),
        bot: 'member',
        may: { text: true, photo: true, video: true, document: true },
        topics: info.is_forum ? new Map() : undefined,
        messages: new Map(),
        lastMessageId: 1, // its creation
        ...more,
      };
      chats.set(info.id, chat);
      return chat;
    },
    nextMessageId(chat: Chat): number {
      if (chat.info.type === 'private' || chat.info.type === 'group') return ++sharedMessageId;
      chat.lastMessageId = numberIn?.(chat.info.id) ?? chat.lastMessageId + 1;
      return chat.lastMessageId;
    },
    active,
    /** A chat the bot may write in. Throws the refusal otherwise. */
    writable(id: number | string, kind?: Kind): Chat {
      const chat = active(id);
      const { type } = chat.info;
      if (chat.bot === 'blocked') throw forbidden('bot was blocked by the user');
      if (chat.bot === 'stranger') throw forbidden("bot can't initiate conversation with a user");
      if (chat.bot === 'kicked') throw forbidden(`bot was kicked from the ${type} chat`);
      if (chat.bot === 'left') throw forbidden(`bot is not a member of the ${type} chat`);
      if (kind && !chat.may[kind] && chat.bot !== 'administrator') throw badRequest(NO_RIGHT[kind]);
      return chat;
    },
    /** Throws where nothing can be sent to that topic of that chat; no topic means General. */
    checkTopic(chat: Chat, id: number | undefined) {
      if (id === undefined) {
        if (chat.topics?.get(1)?.closed && chat.bot !== 'administrator') throw badRequest('TOPIC_CLOSED');
        return;
      }
      const topic = id === 1 ? undefined : chat.topics?.get(id);
      if (!topic || topic.deleted) throw badRequest('message thread not found');
      if (topic.closed && chat.bot !== 'administrator') throw badRequest('TOPIC_CLOSED');
    },
    /** How the bot's account sees a member. */
    member(chat: Chat, userId: number) {
      if (userId === bot.id) {
        const status = chat.bot === 'blocked' ? 'kicked' : chat.bot === 'stranger' ? 'left' : chat.bot;
        if (status !== 'member' || Object.values(chat.may).every(Boolean)) return { user: bot, status };
        return { user: bot, status: 'restricted', is_member: true, ...permissionsOf(chat) };
      }
      const user = chat.members.get(userId);
      if (!user) {
        const known = users.get(userId);
        if (!known) throw badRequest('PARTICIPANT_ID_INVALID');
        return { user: known, status: 'left' };
      }
      return {
        user,
        status: chat.creator === userId ? 'creator' : chat.admins.has(userId) ? 'administrator' : 'member',
      };
    },
  };
}
export type Chats = ReturnType<typeof createChats>;
