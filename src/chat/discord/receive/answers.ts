import {
  type APIModalInteractionResponseCallbackData,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  type InteractionReplyOptions,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { Reply } from '../../../../commands/reply.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { type Store, StoreUnavailable } from '../../../store/store.ts';
import type { Clock } from '../../../util/clock.ts';
import type { Log } from '../../../util/log.ts';
import { retry } from '../../../util/retry.ts';
import { settleWithin } from '../../../util/settle-within.ts';
import { CODE } from '../api/codes.ts';

/** Something a person did that wants an answer. */
export type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalSubmitInteraction;

/** What became of a first answer: another process may have given it, or it came too late for anybody to see. */
export type Acknowledged = 'told' | 'elsewhere' | 'late' | 'unknown';

/** A person waits three seconds; the record has half of that. */
const RECORD_FIRST_MS = 1_500;
/** For how long a request is put on record again and again where the record does not answer. */
const INSIST_MS = 5 * 60_000;
const INSIST_BACKOFF = { baseMs: 100, maxMs: 5_000 };

/** What the record says before the first answer, which cannot wait for longer: then it counts as one out of reach. */
export async function inTime<T>(asking: Promise<T>, clock: Clock): Promise<T> {
  const told = await settleWithin(asking, RECORD_FIRST_MS, clock);
  if (!told) throw new StoreUnavailable('the record did not answer in time');
  return told.value;
}

export interface AnswerDeps {
  store: Store;
  clock: Clock;
  log: Log;
  wake(): void;
}

/** Says something to the person alone, as the first and only answer. */
export const tell = (
  interaction: Answerable,
  text: string,
  more: Pick<InteractionReplyOptions, 'components'> = {},
): Promise<Acknowledged> => acknowledged(interaction.reply({ content: text, ...more, flags: MessageFlags.Ephemeral }));

/** Opens a form, as the first answer. */
export const openForm = (
  interaction: Exclude<Answerable, ModalSubmitInteraction>,
  form: APIModalInteractionResponseCallbackData,
): Promise<Acknowledged> => acknowledged(interaction.showModal(form));

async function acknowledged(answering: Promise<unknown>): Promise<Acknowledged> {
  try {
    await answering;
    return 'told';
  } catch (error) {
    if (!(error instanceof DiscordAPIError)) return 'unknown';
    if (error.code === CODE.alreadyAcknowledged) return 'elsewhere';
    return error.code === CODE.unknownInteraction ? 'late' : 'unknown';
  }
}

/**
 * Has a request recorded and says what came of it. The record comes first, for a second and a half; where it takes
 * longer the person is told so, and nothing else before it is known.
 */
export async function answerWith(
  interaction: Answerable,
  command: () => Promise<Reply>,
  deps: AnswerDeps,
): Promise<Reply | undefined> {
  const words = messagesFor(interaction.locale).discord;
  const recording = retryUntilStored(command, deps);
  const early = (await settleWithin(recording, RECORD_FIRST_MS, deps.clock))?.value;
  const acknowledgement = await tell(interaction, early ? said(early, words) : words.slow);
  const reply = early ?? (await recording);
  if (reply?.type === 'taken') {
    if (acknowledgement === 'late') await takeBack(reply.task.id, deps);
    deps.wake();
  }
  if (!early && acknowledgement === 'told')
    await interaction
      .editReply({ content: reply ? said(reply, words) : words.recordDown, allowedMentions: { parse: [] } })
      .catch(() => {});
  return reply;
}

const said = (reply: Reply, words: { taken: string }): string => (reply.type === 'taken' ? words.taken : reply.text);

/** Under its key the same request makes one task however often it is tried. Undefined where it is not known in the end. */
async function retryUntilStored(command: () => Promise<Reply>, { clock, log }: AnswerDeps): Promise<Reply | undefined> {
  const end = clock.now() + INSIST_MS;
  return retry<Reply | undefined>(command, {
    clock,
    backoff: INSIST_BACKOFF,
    whenThrown(error) {
      if (!(error instanceof StoreUnavailable)) return false;
      log.warn({ why: error.message }, 'a request could not be put on record yet');
      return clock.now() < end;
    },
  }).catch((error: unknown) => {
    if (error instanceof StoreUnavailable) return undefined;
    throw error;
  });
}

/** Nobody saw the answer, so nobody waits for a clip: it is stopped while that is free. */
async function takeBack(taskId: string, { store, log }: AnswerDeps): Promise<void> {
  const task = await store.tasks.get(taskId);
  if (!task || task.attempts.length > 0) return;
  log.info({ task: taskId }, 'the acknowledgement came too late');
  await store.tasks.ask(taskId, { type: 'cancel' });
}
