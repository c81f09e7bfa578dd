import { EventEmitter } from 'node:events';
import { ChannelType, PermissionFlagsBits as P } from 'discord.js';
import type { FakeClock } from './clock.ts';
import type { AnyComponent } from './components.ts';
import { refuse } from './refusal.ts';

export interface User {
  id: string;
  username: string;
  bot: boolean;
  /** What the person's client is set to. */
  locale: string;
  /** How the bot's direct messages are refused: 50007 (closed), 50278 (no server in common), 20009 (explicit content). */
  refusesDms?: 50007 | 50278 | 20009;
  /** The largest file this person may upload anywhere, in bytes (Nitro). */
  uploadLimit?: number;
}

export interface Guild {
  id: string;
  name: string;
  locale: string;
  features: string[];
  premiumTier: number;
  ownerId: string;
  /** What the bot may do unless a channel says otherwise. */
  botPermissions: bigint;
  /** False once the bot was kicked. */
  botIsIn: boolean;
  /** Permissions by user id. */
  members: Map<string, bigint>;
  /** Beside that of everybody: names by id. */
  roles: Map<string, string>;
  /** Ids of roles by user id. */
  rolesOf: Map<string, string[]>;
  /** The largest file the bot may upload, in bytes; the stand-in's default without it. */
  uploadLimit?: number;
  /** Threads that may be active at once. */
  maxThreads: number;
}

export interface Channel {
  id: string;
  type: ChannelType;
  name: string;
  guildId?: string;
  /** A thread's channel. */
  parentId?: string;
  /** A direct message's person. */
  recipientId?: string;
  /** What the bot may not do here though the guild lets it, and may though the guild does not. */
  deny: bigint;
  allow: bigint;
  uploadLimit?: number;
  /** What people may not do here though their server lets them, by their ids. */
  denies?: Map<string, bigint>;
  thread?: { ownerId: string; archived: boolean; locked: boolean; autoArchiveMinutes: number; createdAt: number };
  deleted: boolean;
}

export interface Attachment {
  id: string;
  filename: string;
  size: number;
  contentType: string;
  width?: number;
  height?: number;
  description?: string;
  /** It is blurred until somebody taps it. */
  spoiler?: boolean;
  bytes: Buffer;
}

/** One state a message was in, and whom writing it could ping. */
export interface Revision {
  at: number;
  content: string;
  components: AnyComponent[];
  files: string[];
  /** User ids, role ids, `everyone`, `here`. */
  pinged: string[];
  /** Links in it that Discord makes a preview of. */
  unfurled: string[];
  /** Whether the request carried `allowed_mentions`. */
  guarded: boolean;
}

export interface Message {
  id: string;
  channelId: string;
  authorId: string;
  content: string;
  embeds: Record<string, unknown>[];
  components: AnyComponent[];
  attachments: Attachment[];
  flags: number;
  createdAt: number;
  editedAt?: number;
  nonce?: string | number;
  replyTo?: string;
  /** A forwarded message's content is only here. */
  forwarded?: Message;
  /** The interaction it answers. */
  interaction?: { id: string; userId: string; name?: string; sourceId?: string };
  /** The one person who sees it. */
  ephemeralFor?: string;
  /** First the one it was posted with, then one for each edit. */
  revisions: Revision[];
  deletedAt?: number;
}

export const FLAGS = {
  ephemeral: 1 << 6,
  hasThread: 1 << 5,
  hasSnapshot: 1 << 14,
  loading: 1 << 7,
  componentsV2: 1 << 15,
} as const;

const THREADS = [ChannelType.PublicThread, ChannelType.PrivateThread, ChannelType.AnnouncementThread];
export const isThread = ({ type }: Channel): boolean => THREADS.includes(type);

/** What a bot is invited with for this kind of work. */
export const USUAL_PERMISSIONS: bigint =
  P.ViewChannel |
  P.SendMessages |
  P.SendMessagesInThreads |
  P.AttachFiles |
  P.EmbedLinks |
  P.ReadMessageHistory |
  P.CreatePublicThreads |
  P.UseApplicationCommands;

/** Everything there is, and a signal for each change. */
export interface World {
  clock: FakeClock;
  nextId(): string;
  bot: User;
  applicationId: string;
  users: Map<string, User>;
  guilds: Map<string, Guild>;
  channels: Map<string, Channel>;
  messages: ReadonlyMap<string, Message>;
  add(message: Message): Message;
  /** Says that something changed. */
  touch(): void;
  /** Resolves with the first value that is neither false nor undefined nor null; looks again at each change. */
  until<T>(look: () => T, withinMs?: number): Promise<NonNullable<Exclude<T, false>>>;
  /** Throws 10003. */
  channel(id: string): Channel;
  guildOf(channel: Channel): Guild | undefined;
  /** Oldest first, without deleted ones; ephemeral ones too. */
  messagesIn(channelId: string): Message[];
}

export function createWorld({
  clock,
  nextId,
  applicationId,
  botName,
}: {
  clock: FakeClock;
  nextId: () => string;
  applicationId: string;
  botName: string;
}): World {
  const changes = new EventEmitter().setMaxListeners(0);
  const bot: User = { id: applicationId, username: botName, bot: true, locale: 'en-US' };
  const messages = new Map<string, Message>();
  const inChannels = new Map<string, Message[]>();
  const world: World = {
    clock,
    nextId,
    bot,
    applicationId,
    users: new Map([[bot.id, bot]]),
    guilds: new Map(),
    channels: new Map(),
    messages,
    add(message) {
      messages.set(message.id, message);
      const others = inChannels.get(message.channelId);
      if (others) others.push(message);
      else inChannels.set(message.channelId, [message]);
      world.touch();
      return message;
    },
    touch: () => void changes.emit('change'),
    until(look, withinMs = 30_000) {
      // Where the caller will look, if it comes to nothing.
      const asked = new Error(`still not so after ${withinMs} ms: ${String(look).slice(0, 300)}`);
      return new Promise((resolve, reject) => {
        const stop = () => {
          clearTimeout(timer);
          changes.off('change', again);
        };
        const again = () => {
          try {
            const found = look();
            if (found === undefined || found === null || found === false) return;
            stop();
            resolve(found as NonNullable<Exclude<typeof found, false>>);
          } catch (error) {
            stop();
            reject(error);
          }
        };
        const timer = setTimeout(() => {
          again();
          stop();
          reject(asked);
        }, withinMs);
        changes.on('change', again);
        again();
      });
    },
    channel(id) {
      const found = world.channels.get(id);
      if (!found || found.deleted) throw refuse(10003);
      return found;
    },
    guildOf: ({ guildId }) => (guildId === undefined ? undefined : world.guilds.get(guildId)),
    messagesIn: (channelId) => (inChannels.get(channelId) ?? []).filter(({ deletedAt }) => deletedAt === undefined),
  };
  return world;
}
