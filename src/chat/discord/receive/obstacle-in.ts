import { ChannelType, type Guild } from 'discord.js';
import { messagesFor } from '../../../messages/messages.ts';
import { missingIn } from './permissions.ts';

/** Why the bot may not post clips in a channel of a server, in words; undefined where it may. */
export function obstacleIn(id: string, { guild, locale }: { guild: Guild; locale: string }): string | undefined {
  const words = messagesFor(locale).discord;
  const channel = guild.channels.cache.get(id);
  if (channel?.type !== ChannelType.GuildText && channel?.type !== ChannelType.GuildAnnouncement)
    return words.foreignPlace;
  const ours = channel.permissionsFor(guild.client.user);
  const missing = ours ? missingIn(ours, { thread: false, words }) : [];
  return missing.length > 0 || !ours ? words.missing(missing, `<#${id}>`) : undefined;
}
