import { ChannelType } from 'discord.js';
import type { Gateway } from './gateway.ts';
import { wireChannel, wireEveryone, wireGuild, wireRole } from './wire.ts';
import { type Channel, FLAGS, type Guild, type Message, USUAL_PERMISSIONS, type User, type World } from './world.ts';

export interface ChannelOptions {
  name?: string;
  type?: ChannelType;
  /** What the bot may not do here, and may though the guild does not let it. */
  deny?: bigint;
  allow?: bigint;
  /** For one file of the bot, in bytes. */
  uploadLimit?: number;
}

export interface ThreadOptions extends ChannelOptions {
  /** The text, announcement or forum channel it is in. */
  parent: Channel;
  archived?: boolean;
  locked?: boolean;
}

const MEMBER_PERMISSIONS = USUAL_PERMISSIONS;

/** Makes and unmakes people, servers and channels, and tells the gateway of it. */
export function createPlaces({ world, gateway }: { world: World; gateway: Gateway }) {
  const { nextId } = world;

  function add(guildId: string | undefined, options: ChannelOptions & Partial<Channel>): Channel {
    const { name = 'general', type = ChannelType.GuildText, deny = 0n, allow = 0n, uploadLimit, ...rest } = options;
    const channel: Channel = {
      id: nextId(),
      type,
      name,
      deny,
      allow,
      deleted: false,
      ...rest,
      ...(guildId === undefined ? {} : { guildId }),
      ...(uploadLimit === undefined ? {} : { uploadLimit }),
    };
    world.channels.set(channel.id, channel);
    if (guildId !== undefined)
      gateway.tell(guildId, channel.thread ? 'THREAD_CREATE' : 'CHANNEL_CREATE', wireChannel(world, channel));
    world.touch();
    return channel;
  }

  const places = {
    user({
      name = `person${world.users.size}`,
      ...rest
    }: { name?: string } & Partial<Omit<User, 'id' | 'bot'>> = {}): User {
      const user: User = { id: nextId(), username: name, bot: false, locale: 'en-US', ...rest };
      world.users.set(user.id, user);
      return user;
    },
    guild(options: Partial<Omit<Guild, 'members' | 'roles' | 'rolesOf'>> = {}): Guild {
      const guild: Guild = {
        id: nextId(),
        name: 'a server',
        locale: 'en-US',
        features: [],
        premiumTier: 0,
        ownerId: nextId(),
        botPermissions: USUAL_PERMISSIONS,
        botIsIn: true,
        members: new Map(),
        roles: new Map(),
        rolesOf: new Map(),
        maxThreads: 1000,
        ...options,
      };
      world.guilds.set(guild.id, guild);
      if (guild.botIsIn) gateway.tell(guild.id, 'GUILD_CREATE', wireGuild(world, guild));
      return guild;
    },
    /** Makes somebody a member, with these permissions or the usual ones. */
    join(guild: Guild, user: User, permissions: bigint = MEMBER_PERMISSIONS): void {
      guild.members.set(user.id, permissions);
    },
    /** A role that nobody has yet; its id. */
    role(guild: Guild, name: string): string {
      const id = nextId();
      guild.roles.set(id, name);
      gateway.tell(guild.id, 'GUILD_ROLE_CREATE', { guild_id: guild.id, role: wireRole(id, name) });
      return id;
    },
    give(guild: Guild, user: User, ...roles: string[]): void {
      guild.rolesOf.set(user.id, roles);
    },
    channel: (guild: Guild, options: ChannelOptions = {}): Channel => add(guild.id, options),
    thread({ parent, archived = false, locked = false, ...options }: ThreadOptions): Channel {
      const type =
        parent.type === ChannelType.GuildAnnouncement ? ChannelType.AnnouncementThread : ChannelType.PublicThread;
      const thread = { ownerId: nextId(), archived, locked, autoArchiveMinutes: 1440, createdAt: world.clock.now() };
      return add(parent.guildId, { type, name: 'a thread', ...options, parentId: parent.id, thread });
    },
    /** The one direct message channel with a person. */
    dm(user: User): Channel {
      const known = [...world.channels.values()].find(({ recipientId }) => recipientId === user.id);
      return known ?? add(undefined, { type: ChannelType.DM, name: '', recipientId: user.id });
    },
    removeChannel(channel: Channel): void {
      const thread = channel.thread !== undefined;
      channel.deleted = true;
      for (const it of world.channels.values()) if (it.parentId === channel.id) it.deleted = true;
      gateway.tell(channel.guildId, thread ? 'THREAD_DELETE' : 'CHANNEL_DELETE', wireChannel(world, channel));
      world.touch();
    },
    /** Takes the bot out of a server. */
    kick(guild: Guild): void {
      guild.botIsIn = false;
      gateway.tell(guild.id, 'GUILD_DELETE', { id: guild.id });
      world.touch();
    },
    /** Discord cannot be reached there for a while; the bot is still in it. */
    outage(guild: Guild): void {
      gateway.tell(guild.id, 'GUILD_DELETE', { id: guild.id, unavailable: true });
    },
    /** Invites it again. */
    invite(guild: Guild): void {
      guild.botIsIn = true;
      gateway.tell(guild.id, 'GUILD_CREATE', wireGuild(world, guild));
      world.touch();
    },
    /** From now on the bot may do these in a server: its roles, here that of everybody, are changed. */
    grant(guild: Guild, permissions: bigint): void {
      guild.botPermissions = permissions;
      gateway.tell(guild.id, 'GUILD_ROLE_UPDATE', { guild_id: guild.id, role: wireEveryone(guild) });
      world.touch();
    },
    archive(thread: Channel, { locked = false } = {}): void {
      if (!thread.thread) throw new Error('only threads can be archived');
      Object.assign(thread.thread, { archived: true, locked });
      gateway.tell(thread.guildId, 'THREAD_UPDATE', wireChannel(world, thread));
      world.touch();
    },
    /** From now on the bot may not do these in a channel, and whatever else its server lets it. */
    deny(channel: Channel, ...permissions: bigint[]): void {
      channel.deny = permissions.reduce((all, bit) => all | bit, 0n);
      gateway.tell(channel.guildId, 'CHANNEL_UPDATE', wireChannel(world, channel));
    },
    /** What a person wrote. The bot hears of it by the gateway, with its content only where it may. */
    says(
      user: User,
      channel: Channel,
      said: Partial<Pick<Message, 'content' | 'attachments' | 'embeds' | 'forwarded' | 'replyTo'>>,
    ): Message {
      const message: Message = {
        id: nextId(),
        channelId: channel.id,
        authorId: user.id,
        content: '',
        embeds: [],
        components: [],
        ...{
          attachments: [],
          flags: said.forwarded ? FLAGS.hasSnapshot : 0,
          createdAt: world.clock.now(),
          revisions: [],
        },
        ...said,
      };
      world.add(message);
      gateway.tellMessage(message);
      return message;
    },
  };
  return places;
}

export type Places = ReturnType<typeof createPlaces>;
