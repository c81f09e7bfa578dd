import { type AnimateRequest, animate, type RemotePicture } from '../../../../commands/animate.ts';
import type { Reply } from '../../../../commands/reply.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { DURATIONS_SECONDS } from '../../../task/options.ts';
import type { ListenDeps } from '../../platform.ts';
import type { Pictures } from '../send/pictures.ts';
import { type Answerable, tell } from './acknowledge.ts';
import { type AnswerDeps, answerWith, inTime } from './answers.ts';
import { originOf } from './origin.ts';
import { missingIn } from './permissions.ts';

export type RequestDeps = AnswerDeps & Omit<ListenDeps, 'fail'> & { pictures: Pictures };

/** Why no clip could be posted where somebody asks for one, in words; undefined where it could. */
export function obstacle(interaction: Answerable): string | undefined {
  const words = messagesFor(interaction.locale).discord;
  // In a conversation with the bot there is nothing that it may not do.
  if (interaction.guildId === null) return undefined;
  if (!interaction.guild) return words.notMember;
  const thread = interaction.channel?.isThread() ?? false;
  const missing = missingIn(interaction.appPermissions, { thread, words });
  return missing.length > 0 ? words.missing(missing, `<#${interaction.channelId}>`) : undefined;
}

/** Why this person gets no clip here now, before a scene is asked for. */
export async function refusal(interaction: Answerable, { admission, provider, clock }: RequestDeps) {
  const asked = originOf(interaction);
  if (!asked) return messagesFor(interaction.locale).discord.broken;
  const cost = provider.credits?.(DURATIONS_SECONDS[0]) ?? 0;
  return obstacle(interaction) ?? inTime(admission.denialReason(asked, cost), clock);
}

/** Asks for a clip of a picture on Discord, and answers the person. */
export async function request(
  interaction: Answerable,
  { scene, options, picture }: Pick<AnimateRequest, 'scene' | 'options'> & { picture: RemotePicture },
  deps: RequestDeps,
): Promise<Reply | undefined> {
  const words = messagesFor(interaction.locale).discord;
  const asked = originOf(interaction);
  const isOurs = deps.pictures.isOurs(picture.ref);
  const refused = asked && (isOurs ? obstacle(interaction) : words.foreignPicture);
  if (asked && refused === undefined)
    return answerWith(interaction, () => animate({ scene, options, picture, ...asked }, deps), deps);
  await tell(interaction, refused ?? words.broken, deps);
  return undefined;
}
