import { ChannelType, PermissionFlagsBits as P } from 'discord.js';
import { refuse } from './refusal.ts';
import { type Channel, isThread, type User, type World } from './world.ts';

/** What Discord reports for a direct message: no Send Messages among them, though the bot may send. */
const DM_PERMISSIONS = P.AttachFiles | P.EmbedLinks | P.MentionEveryone | P.UseExternalEmojis;

/** What the bot may do in a channel; a thread has its channel's permissions and may have less. */
export function botPermissions(world: World, channel: Channel): bigint {
  const guild = world.guildOf(channel);
  if (!guild) return DM_PERMISSIONS;
  if (!guild.botIsIn) return 0n;
  if (guild.botPermissions & P.Administrator) return -1n & ALL;
  const parent = channel.parentId === undefined ? undefined : world.channels.get(channel.parentId);
  let bits = guild.botPermissions;
  for (const place of parent && isThread(channel) ? [parent, channel] : [channel])
    bits = (bits & ~place.deny) | place.allow;
  return bits & P.ViewChannel ? bits : 0n;
}

/** What a member may do in a channel or thread, as Discord computes it. */
export function memberPermissions(world: World, channel: Channel, { id }: User): bigint {
  const granted = world.guildOf(channel)?.members.get(id) ?? 0n;
  if (granted & P.Administrator) return ALL;
  const parent = channel.parentId === undefined ? undefined : world.channels.get(channel.parentId);
  let bits = granted;
  for (const place of parent && isThread(channel) ? [parent, channel] : [channel])
    bits &= ~(place.denies?.get(id) ?? 0n);
  return bits & P.ViewChannel ? bits : 0n;
}

const ALL = Object.values(P).reduce((all, bit) => all | bit, 0n);

/** Throws 50001 where the bot does not even see the channel, 50013 where it may not do this. */
export function demand(world: World, channel: Channel, ...wanted: bigint[]): void {
  if (channel.type === ChannelType.DM) return;
  const has = botPermissions(world, channel);
  if (!(has & P.ViewChannel)) throw refuse(50001);
  if (wanted.some((bit) => !(has & bit))) throw refuse(50013);
}

export const may = (world: World, channel: Channel, wanted: bigint): boolean =>
  channel.type === ChannelType.DM || (botPermissions(world, channel) & wanted) === wanted;
