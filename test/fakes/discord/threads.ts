import { ChannelType, PermissionFlagsBits as P } from 'discord.js';
import { z } from 'zod';
import { demand, may } from './permissions.ts';
import { parse, refuse } from './refusal.ts';
import type { Asked, Route } from './server.ts';
import { wireChannel } from './wire.ts';
import { type Channel, FLAGS, isThread, type World } from './world.ts';

const archiveAfter = z.union([z.literal(60), z.literal(1440), z.literal(4320), z.literal(10080)]);
const starting = z.object({
  name: z.string().min(1).max(100),
  auto_archive_duration: archiveAfter.nullish(),
  rate_limit_per_user: z.int().min(0).max(21600).nullish(),
});
const changing = z.object({
  name: z.string().min(1).max(100).optional(),
  archived: z.boolean().optional(),
  locked: z.boolean().optional(),
  auto_archive_duration: archiveAfter.optional(),
});

const PARENTS: Partial<Record<ChannelType, ChannelType>> = {
  [ChannelType.GuildText]: ChannelType.PublicThread,
  [ChannelType.GuildAnnouncement]: ChannelType.AnnouncementThread,
};

/** Tells the gateway's sessions of what happened in a guild. */
export type Tell = (guildId: string | undefined, event: string, data: object) => void;

export function createThreads({ world, tell }: { world: World; tell: Tell }) {
  const active = (guildId: string | undefined) =>
    [...world.channels.values()].filter(
      (it) => it.guildId === guildId && isThread(it) && !it.deleted && !it.thread?.archived,
    ).length;

  function start({ params, body }: Asked) {
    const channel = world.channel(params.channel ?? '');
    demand(world, channel);
    const type = PARENTS[channel.type];
    if (type === undefined) throw refuse(50024);
    demand(world, channel, P.CreatePublicThreads);
    const { name, auto_archive_duration: after } = parse(starting, body ?? {});
    const message = world.messages.get(params.message ?? '');
    if (!message || message.channelId !== channel.id || message.deletedAt !== undefined) throw refuse(10008);
    if (message.ephemeralFor !== undefined) throw refuse(10008);
    const existing = world.channels.get(message.id);
    if (existing && !existing.deleted) throw refuse(160004);
    if (active(channel.guildId) >= (world.guildOf(channel)?.maxThreads ?? 1000)) throw refuse(160006);
    const thread: Channel = {
      id: message.id,
      type,
      name,
      parentId: channel.id,
      deny: 0n,
      allow: 0n,
      deleted: false,
      ...(channel.guildId === undefined ? {} : { guildId: channel.guildId }),
      thread: {
        ownerId: world.bot.id,
        archived: false,
        locked: false,
        autoArchiveMinutes: after ?? 1440,
        createdAt: world.clock.now(),
      },
    };
    world.channels.set(thread.id, thread);
    message.flags |= FLAGS.hasThread;
    tell(thread.guildId, 'THREAD_CREATE', { ...wireChannel(world, thread), newly_created: true });
    world.touch();
    return wireChannel(world, thread);
  }

  /** Only what a bot does to a thread of its own. */
  function change({ params, body }: Asked) {
    const channel = world.channel(params.channel ?? '');
    demand(world, channel);
    const { thread } = channel;
    if (!thread) throw refuse(50024);
    const { name, archived, locked, auto_archive_duration: after } = parse(changing, body ?? {});
    const isModerator = may(world, channel, P.ManageThreads);
    if (thread.locked && !isModerator) throw refuse(160005);
    if (locked !== undefined && !isModerator) throw refuse(50013);
    if (thread.archived && archived !== false) throw refuse(50083);
    if (thread.ownerId !== world.bot.id && !isModerator && (name !== undefined || archived)) throw refuse(50013);
    if (name !== undefined) channel.name = name;
    Object.assign(thread, {
      archived: archived ?? thread.archived,
      locked: locked ?? thread.locked,
      autoArchiveMinutes: after ?? thread.autoArchiveMinutes,
    });
    tell(channel.guildId, 'THREAD_UPDATE', wireChannel(world, channel));
    world.touch();
    return wireChannel(world, channel);
  }

  /** A thread wants Manage Threads of who is not its moderator, also of who made it; a conversation is only closed. */
  function remove({ params }: Asked) {
    const channel = world.channel(params.channel ?? '');
    if (channel.type === ChannelType.DM) return wireChannel(world, channel);
    demand(world, channel, channel.thread ? P.ManageThreads : P.ManageChannels);
    channel.deleted = true;
    tell(channel.guildId, channel.thread ? 'THREAD_DELETE' : 'CHANNEL_DELETE', wireChannel(world, channel));
    world.touch();
    return wireChannel(world, channel);
  }

  const routes: Route[] = [
    { name: 'startThread', method: 'POST', path: '/channels/:channel/messages/:message/threads', handle: start },
    { name: 'editChannel', method: 'PATCH', path: '/channels/:channel', handle: change },
    { name: 'deleteChannel', method: 'DELETE', path: '/channels/:channel', handle: remove },
  ];
  return { routes };
}
