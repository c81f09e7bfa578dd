import { type ChannelSelectMenuInteraction, PermissionFlagsBits } from 'discord.js';
import type { CommandDeps } from '../../../../commands/table.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Place } from '../../../task/task.ts';
import type { Api } from '../api/rest.ts';
import { PLATFORM, readWhere, userOf } from '../ids.ts';
import { openDirect } from '../send/places.ts';
import { USUAL_UPLOAD_BYTES } from '../send/send.ts';
import { tell } from './acknowledge.ts';
import type { RequestDeps } from './deps.ts';
import { placeOf } from './origin.ts';
import { missingIn } from './permissions.ts';
import { onPress } from './presses.ts';
import { WHERE_TYPES } from './where-select.ts';

/** A place that was chosen. Where not both the person and the bot may post a clip there, it is none. */
export async function onWhere(interaction: ChannelSelectMenuInteraction, deps: RequestDeps): Promise<void> {
  const form = readWhere(interaction.customId);
  if (!form) return;
  const { place, refused } = placeChosen(interaction);
  if (!place) return void (await tell(interaction, refused, deps));
  await onPress(interaction, { ...form, answer: { place } }, deps);
}

/** By what Discord says of the channel: which one was chosen may be forged, what may be done there is not. */
function placeChosen(
  interaction: ChannelSelectMenuInteraction,
): { place: Place; refused?: undefined } | { place?: undefined; refused: string } {
  const words = messagesFor(interaction.locale).discord;
  if (!interaction.inCachedGuild()) return { refused: words.notMember };
  const { id, guildId, guild, client } = interaction;
  const channel = interaction.channels.get(interaction.values[0] ?? '');
  const isPlace = channel && !channel.isDMBased() && WHERE_TYPES.some((type) => type === channel.type);
  if (!isPlace || channel.guildId !== guildId || !channel.isTextBased()) return { refused: words.foreignPlace };
  const mention = `<#${channel.id}>`;
  const thread = channel.isThread();
  const send = thread ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
  const needed = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.AttachFiles, send];
  const isLocked = channel.isThread() && channel.locked;
  if (isLocked || !channel.permissions?.has(needed)) return { refused: words.notThere(mention) };
  const ours = channel.appPermissions ?? channel.permissionsFor(client.user);
  const missing = ours ? missingIn(ours, { thread, words }) : [];
  if (missing.length > 0 || !ours) return { refused: words.missing(missing, mention) };
  const place = placeOf({ id, channel, channelId: channel.id, guildId, guild });
  return place ? { place } : { refused: words.foreignPlace };
}

/** Where a person is alone with the bot; undefined where Discord does not open that now. */
export const privatePlaceBy =
  ({ api }: { api: Api }): NonNullable<CommandDeps['privatePlace']> =>
  async (requester) => {
    const opened = await openDirect(userOf({ requester }), { api });
    if (opened.outcome !== 'open') return undefined;
    return { platform: PLATFORM, chat: opened.channel, uploadLimit: USUAL_UPLOAD_BYTES };
  };
