import { type ButtonInteraction, type Message, type ModalSubmitInteraction, Routes } from 'discord.js';
import { z } from 'zod';
import { editAction } from '../../../../commands/edit.ts';
import { press } from '../../../../commands/press.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { withChanges } from '../../../util/with-changes.ts';
import { patiently } from '../api/rest.ts';
import { readButtons } from '../ids.ts';
import { openForm, tell } from './acknowledge.ts';
import { inTime, retryUntilStored } from './answers.ts';
import { pictureCommand } from './commands.ts';
import type { RequestDeps } from './deps.ts';
import type { Heard } from './heard.ts';
import { questionButton, removeQuestion, tellThatItIsGone } from './open-requests.ts';
import { originOf } from './origin.ts';
import { answerIn, onPress } from './presses.ts';
import { obstacle } from './requests.ts';
import { questionForm, showReply } from './show-reply.ts';

/** Begins the id of the button under words that may be meant as another scene, and of its form. */
const WORDS = 'words';
const idIn = (customId: string): string | undefined => new RegExp(`^${WORDS}:(\\d+)$`).exec(customId)?.[1];

/** Words to a clip that wait for a press. */
const otherWordsSchema = z.object({ taskId: z.string(), scene: z.string(), person: z.string().optional() });
type OtherWords = z.infer<typeof otherWordsSchema>;
const keyOf = (id: string): string => `discord:words:${id}`;

const wordsOf = async (id: string, { store, clock }: RequestDeps) =>
  otherWordsSchema.safeParse((await inTime(store.drafts.get(keyOf(id)), clock))?.data).data;

const shownSchema = z.object({ author: z.object({ id: z.string() }), components: z.unknown() });

/** The task whose card or clip a message replies to. */
export async function taskRepliedTo(
  { reference, client, channelId }: Message,
  { api, clock }: RequestDeps,
): Promise<string | undefined> {
  if (reference?.messageId === undefined || reference.channelId !== channelId) return undefined;
  const path = Routes.channelMessage(channelId, reference.messageId);
  // discord.js does not hand on what came along of it, and keeps no messages.
  const called = await patiently(() => api.call({ method: 'GET', path }), { clock });
  const shown = shownSchema.safeParse(called.outcome === 'done' ? called.value : undefined).data;
  return shown?.author.id === client.user.id ? readButtons(shown.components)[0]?.taskId : undefined;
}

/**
 * Words to a clip: **Edit scene**. Where the bot was not named they may be a word of thanks, and wait for a press. Returns
 * what is to be answered; the card of the new clip is answer enough, but for what is left.
 */
export async function takeOtherWords(
  message: Message,
  heard: Heard,
  { taskId, text, isNamed }: { taskId: string; text: string; isNamed: boolean },
  deps: RequestDeps,
) {
  const words = messagesFor(heard.locale).discord;
  const origin = originOf(heard);
  const refused = obstacle(heard);
  if (!origin || refused !== undefined) return { content: refused ?? words.broken };
  const answer = isNamed && text !== '' ? { scene: text } : undefined;
  const work = async () =>
    press({ action: editAction.id, task: await deps.store.tasks.get(taskId), origin, answer }, deps);
  const reply = await retryUntilStored(work, deps);
  if (!reply) return { content: words.recordDown };
  if (reply.type === 'taken') {
    deps.wake(reply.created ? reply.task : undefined);
    return reply.note === undefined ? undefined : { content: reply.note };
  }
  if (reply.type !== 'question') return { content: 'text' in reply ? reply.text : words.broken };
  const { id } = message;
  const data = { taskId, scene: text || reply.value, person: origin.requester.id } satisfies OtherWords;
  await inTime(deps.store.drafts.put({ key: keyOf(id), data }), deps.clock);
  return { content: words.askOther, components: [questionButton(`${WORDS}:${id}`, words.checkOther)] };
}

/** The press under such words: opens the form with them. False where this is another button. */
export async function onWordsButton(interaction: ButtonInteraction, deps: RequestDeps): Promise<boolean> {
  const id = idIn(interaction.customId);
  if (id === undefined) return false;
  const { locale } = interaction;
  const kept = await wordsOf(id, deps);
  const [origin, command] = [originOf(interaction), pictureCommand(deps.commands)];
  if (!kept || !origin || !command) {
    await tell(interaction, messagesFor(locale).discord.formGone, deps);
    return true;
  }
  const task = await inTime(deps.store.tasks.get(kept.taskId), deps.clock);
  const reply = await inTime(press({ action: editAction.id, task, origin }, deps), deps.clock);
  if (reply.type === 'question') {
    const { wordless } = deps.provider.capabilities;
    const form = questionForm(withChanges(reply, { value: kept.scene }), command, {
      id: `${WORDS}:${id}`,
      locale,
      wordless,
    });
    await openForm(interaction, form, deps);
  } else await showReply(interaction, reply, deps);
  return true;
}

/** The form, filled in. False where this is another one. */
export async function onWordsForm(interaction: ModalSubmitInteraction, deps: RequestDeps): Promise<boolean> {
  const id = idIn(interaction.customId);
  if (id === undefined) return false;
  const kept = await wordsOf(id, deps);
  const command = pictureCommand(deps.commands);
  if (!kept || !command) {
    await tellThatItIsGone(interaction, deps);
    return true;
  }
  const { taskId } = kept;
  const reply = await onPress(
    interaction,
    { action: editAction.id, taskId, answer: answerIn(interaction, command) },
    deps,
  );
  // Of several processes that heard this, one.
  if (reply?.type === 'taken' && reply.created) {
    await deps.store.drafts.take(keyOf(id));
    await removeQuestion(interaction, deps);
  }
  return true;
}
