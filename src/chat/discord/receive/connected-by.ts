import type { Connected } from '../../platform.ts';
import { type Application, tagOf } from '../application.ts';
import type { DiscordConfig } from '../settings.ts';
import { type Share, shareWords } from '../shards.ts';
import { standing } from '../standing.ts';
import type { Hearing } from './hearing.ts';
import { inviteUrl } from './permissions.ts';

/** How this process is connected, in words for the operator. */
export function connectedBy(
  application: Application,
  { share, clients }: Pick<Hearing, 'share' | 'clients'>,
  { guildId }: Pick<DiscordConfig, 'guildId'>,
): Connected {
  const part = share();
  // Of servers that others hear Discord tells a number that may be of yesterday.
  const servers =
    part.shards.length === part.total
      ? clients().reduce((sum, { guilds }) => sum + guilds.cache.size, 0)
      : application.approximate_guild_count;
  const only = guildId === undefined ? '' : ', with commands in one of them only (DISCORD_GUILD_ID)';
  return {
    as: `${standing({ tag: tagOf(application), servers })}${partWords(part)}${only}`,
    notes: [`Invite it: ${inviteUrl(application.id)}`],
  };
}

function partWords({ shards, total }: Share): string {
  if (shards.length === 0) return ', which other processes hear; it takes over where one of them ends';
  return shards.length === total ? '' : `, of which it hears ${shareWords({ shards, total })}`;
}
