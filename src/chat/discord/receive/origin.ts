import { ChannelType, PermissionFlagsBits, type RepliableInteraction } from 'discord.js';
import type { Standing } from '../../../../commands/settings/standing.ts';
import type { RequestOrigin } from '../../../../commands/table.ts';
import type { Place } from '../../../task/task.ts';
import { PLATFORM, personOf } from '../ids.ts';
import { USUAL_UPLOAD_BYTES } from '../send/send.ts';
import type { Heard } from './heard.ts';
import { obstacleIn } from './obstacle-in.ts';

const MB = 1024 * 1024;
/** The upload limit for all members of a server, by the tier of its boost. */
const BOOSTED_BYTES: Record<number, number> = { 2: 50 * MB, 3: 100 * MB };

/** Undefined where it came from nowhere that a message can be sent to. */
export function originOf(heard: Heard): RequestOrigin | undefined {
  const place = placeOf(heard);
  return (
    place && {
      requestKey: `${PLATFORM}:${heard.id}`,
      requester: { id: personOf(heard.user.id), name: heard.user.displayName },
      place,
      locale: heard.locale,
      standing: standingOf(heard),
    }
  );
}

/**
 * A thread is asked in as itself, within the channel or forum that it belongs to; a private one as a channel of its own,
 * for what is said there is not for its channel.
 */
export function placeOf({
  id,
  channel,
  channelId,
  guildId,
  guild,
  attachmentSizeLimit,
}: Pick<Heard, 'id' | 'channel' | 'channelId' | 'guildId' | 'guild' | 'attachmentSizeLimit'>): Place | undefined {
  if (channelId === null) return undefined;
  const parent = channel?.isThread() && channel.type !== ChannelType.PrivateThread ? channel.parentId : null;
  // The person's own limit counts in it, and that is not the bot's to use.
  const boosted = BOOSTED_BYTES[guild?.premiumTier ?? 0] ?? 0;
  return {
    platform: PLATFORM,
    message: id,
    community: guildId ?? undefined,
    chat: parent ?? channelId,
    thread: parent === null ? undefined : channelId,
    uploadLimit: Math.min(attachmentSizeLimit ?? Number.POSITIVE_INFINITY, Math.max(USUAL_UPLOAD_BYTES, boosted)),
  };
}

/** As Discord tells of it: nothing of this can be forged. A private thread counts as its channel, too. */
function standingOf(heard: Heard): Standing {
  const { guildId, guild, member, memberPermissions, channel, channelId } = heard;
  if (guildId === null) return { isAlone: true, hasCovers: true, manages: () => true };
  const parent = channel?.isThread() ? channel.parentId : null;
  return {
    manages: () => memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false,
    hasThreads: true,
    hasCovers: true,
    roles: rolesOf(member),
    channels: [channelId, parent].filter((id) => id !== null),
    hasChannels: true,
    obstacleIn: guild ? (id) => obstacleIn(id, { guild, locale: heard.locale }) : undefined,
  };
}

/** Ids. */
function rolesOf(member: Heard['member']): readonly string[] {
  const roles = member?.roles ?? [];
  return 'cache' in roles ? [...roles.cache.keys()] : roles;
}

/** Whether the person looks after other people's messages where this was pressed. */
export const moderates = ({ memberPermissions }: RepliableInteraction): boolean =>
  memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false;
