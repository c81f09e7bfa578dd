import type { RepliableInteraction } from 'discord.js';
import type { Reply } from '../../../../commands/reply.ts';
import { partsAt } from '../../../../commands/settings/at-place.ts';
import type { Command } from '../../../../commands/table.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { creditsOf } from '../../../providers/models.ts';
import { tell } from './acknowledge.ts';
import { answerWith, inTime } from './answers.ts';
import { takesPicture } from './commands.ts';
import type { RequestDeps } from './deps.ts';
import type { GivenOptions } from './forms.ts';
import type { Heard } from './heard.ts';
import { originOf } from './origin.ts';
import { missingIn } from './permissions.ts';

/** Why no clip could be posted where it is asked for, in words; undefined where it could. */
export function obstacle({ locale, guildId, guild, channel, channelId, appPermissions }: Heard): string | undefined {
  const words = messagesFor(locale).discord;
  // In a conversation with the bot there is nothing that it may not do.
  if (guildId === null) return undefined;
  if (!guild) return words.notMember;
  const thread = channel?.isThread() ?? false;
  const missing = appPermissions ? missingIn(appPermissions, { thread, words }) : [];
  return missing.length > 0 ? words.missing(missing, `<#${channelId}>`) : undefined;
}

/** Why this person gets no clip here now, before a scene is asked for. */
export async function refusal(heard: Heard, deps: RequestDeps) {
  const { provider, clock } = deps;
  const origin = originOf(heard);
  if (!origin) return messagesFor(heard.locale).discord.broken;
  const cost = creditsOf(provider, {});
  const denial = async () => {
    const { admission } = await partsAt(origin.place, deps);
    return admission.denialReason({ provider: provider.name, cost, ...origin });
  };
  return obstacle(heard) ?? inTime(denial(), clock);
}

/** Whether a clip comes of it where it is said. */
const postsHere = (command: Command): boolean =>
  takesPicture(command) || command.options.some(({ type }) => type === 'clip');

/** Executes a command and shows its reply. */
export async function execute(
  interaction: RepliableInteraction,
  command: Command,
  given: GivenOptions,
  deps: RequestDeps,
): Promise<Reply | undefined> {
  const words = messagesFor(interaction.locale).discord;
  const origin = originOf(interaction);
  const areOurs = Object.values(given).every((value) => typeof value !== 'object' || deps.pictures.isOurs(value.ref));
  const refused = !areOurs ? words.foreignPicture : postsHere(command) ? obstacle(interaction) : undefined;
  if (origin && refused === undefined) return answerWith(interaction, () => command.execute(origin, given, deps), deps);
  await tell(interaction, refused ?? words.broken, deps);
  return undefined;
}
