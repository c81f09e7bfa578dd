import {
  type APIModalInteractionResponseCallbackData,
  type ButtonInteraction,
  type ChannelSelectMenuInteraction,
  DiscordAPIError,
  type InteractionReplyOptions,
  MessageFlags,
  type ModalSubmitInteraction,
  type RepliableInteraction,
} from 'discord.js';
import type { Clock } from '../../../util/clock.ts';
import { settleWithin } from '../../../util/settle-within.ts';
import { shortened } from '../../kit/text.ts';
import { CODE } from '../api/codes.ts';
import { MENU_LETTER, readButton, readConfirm, readWhere } from '../ids.ts';

/**
 * The outcome of a first answer: another process may have given it, it came too late to be seen, Discord does not take
 * it, or it is not known.
 */
export type Acknowledged = 'told' | 'elsewhere' | 'late' | 'refused' | 'unknown';

/** An answer waits so long in silence for a second try: half of what is left of three seconds where the record was slow. */
const SILENCE_MS = 700;
/** https://docs.discord.com/developers/resources/message#create-message-jsonform-params */
const MAX_CONTENT = 2_000;

/** Says something to the person alone, as the first and only answer: in place of what they chose from, where that was for them alone. */
export const tell = (
  interaction: RepliableInteraction,
  text: string,
  { clock }: { clock: Clock },
  more: Pick<InteractionReplyOptions, 'components' | 'files'> = {},
): Promise<Acknowledged> => {
  const content = shortened(text, MAX_CONTENT);
  return acknowledged(interaction, clock, () =>
    isPassing(interaction)
      ? interaction.update({ content, components: more.components ?? [] })
      : interaction.reply({ content, ...more, flags: MessageFlags.Ephemeral }),
  );
};

/** On a menu or a question of where to: what was pressed there is done with it. */
const isPassing = (
  interaction: RepliableInteraction,
): interaction is ButtonInteraction | ChannelSelectMenuInteraction =>
  (interaction.isButton() || interaction.isChannelSelectMenu()) &&
  // A client may send such an id under a clip that all see.
  interaction.message.flags.has(MessageFlags.Ephemeral) &&
  (interaction.isButton()
    ? readButton(interaction.customId)?.letter === MENU_LETTER || readConfirm(interaction.customId) !== undefined
    : readWhere(interaction.customId) !== undefined);

/** Opens a form, as the first answer. */
export const openForm = (
  interaction: Exclude<RepliableInteraction, ModalSubmitInteraction>,
  form: APIModalInteractionResponseCallbackData,
  { clock }: { clock: Clock },
): Promise<Acknowledged> => acknowledged(interaction, clock, () => interaction.showModal(form));

/** Hears a press in silence: its card says the rest. */
export const leaveToCard = (interaction: ButtonInteraction, { clock }: { clock: Clock }): Promise<Acknowledged> =>
  acknowledged(interaction, clock, () => interaction.deferUpdate());

/**
 * Gives an answer, and once more where the connection broke or is silent: Discord takes one answer to an interaction, so
 * the second try is refused where the first has arrived. That the person is told then, discord.js cannot know.
 */
export async function acknowledged(
  interaction: RepliableInteraction,
  clock: Clock,
  answer: () => Promise<unknown>,
): Promise<Acknowledged> {
  const first = outcomeOf(answer);
  const early = await settleWithin(first, SILENCE_MS, clock);
  if (early && early.value !== 'unknown') return early.value;
  const second = await outcomeOf(answer);
  if (second === 'unknown') return first;
  if (second !== 'elsewhere') return second;
  // By another process perhaps: it says the same, for the request's key makes one task of both.
  interaction.replied = true;
  return 'told';
}

async function outcomeOf(answer: () => Promise<unknown>): Promise<Acknowledged> {
  try {
    await answer();
    return 'told';
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) return 'unknown';
    if (error.code === CODE.alreadyAcknowledged) return 'elsewhere';
    return error.code === CODE.unknownInteraction ? 'late' : 'refused';
  }
}
