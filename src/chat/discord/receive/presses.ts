import type {
  ButtonInteraction,
  Message,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import { type HeardPress, press, pressKey } from '../../../../commands/press.ts';
import type { Reply } from '../../../../commands/reply.ts';
import type { Command, PressAnswer } from '../../../../commands/table.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Task } from '../../../task/task.ts';
import {
  type ButtonId,
  type FormId,
  kindCode,
  type MessageRef,
  personOf,
  readButton,
  readChoice,
  readForm,
  readRef,
  writeRef,
} from '../ids.ts';
import { tell } from './acknowledge.ts';
import { answerWith } from './answers.ts';
import { nameOf, pictureCommand } from './commands.ts';
import { delist, keepTakingAway } from './delist.ts';
import type { RequestDeps } from './deps.ts';
import { readFields } from './forms.ts';
import { moderates, originOf } from './origin.ts';
import { renewButton } from './renew-button.ts';
import { obstacle } from './requests.ts';

/** A button under a card or a clip. All it needs is in its id, so that it works after a restart. */
export async function onButton(interaction: ButtonInteraction, deps: RequestDeps): Promise<void> {
  const button = readButton(interaction.customId);
  if (!button) return;
  const { taskId } = button;
  const action = deps.actions.find(({ id }) => id === button.action);
  const requestKey = action?.renews ? pressKey(button, { id: personOf(interaction.user.id) }) : undefined;
  const reply = await onPress(interaction, { action: button.action, taskId, requestKey }, deps);
  const isStray = isStrayOf(await deps.store.tasks.get(taskId), button, interaction.message);
  const pressed = writeRef(pressedOn(interaction));
  if (isStray) await keepTakingAway({ id: pressed, sent: { stray: pressed } }, deps);
  else if (action?.renews && reply?.type === 'taken') await renewButton(interaction.message, button, deps);
}

/** Whether another message of its kind is the one on record: the answer to a send was lost, and it was made once more. */
function isStrayOf(task: Task | undefined, { letter }: ButtonId, { id }: Message): boolean {
  const kind = (['card', 'clip'] as const).find((kind) => task && kindCode(kind, task) === letter);
  const held = kind && readRef(task?.sent[kind]);
  return held !== undefined && held.message !== id;
}

/** A task that was chosen from a select. False where this is another select. */
export async function onChoice(interaction: StringSelectMenuInteraction, deps: RequestDeps): Promise<boolean> {
  const action = readChoice(interaction.customId);
  if (action === undefined) return false;
  const [taskId = ''] = interaction.values;
  await onPress(interaction, { action, taskId }, deps);
  return true;
}

/** The answer to an action's question: each form is a request of its own. False where this is another form. */
export async function onAnswer(interaction: ModalSubmitInteraction, deps: RequestDeps): Promise<boolean> {
  const form = readForm(interaction.customId);
  if (!form) return false;
  const command = pictureCommand(deps.commands);
  if (!command) return false;
  await onPress(interaction, { ...form, answer: answerIn(interaction, command) }, deps);
  return true;
}

/** A form's fields as the answer to an action's question. */
export function answerIn(interaction: ModalSubmitInteraction, command: Command): PressAnswer {
  const fields = readFields(interaction, command);
  const { [nameOf(command, 'text')]: scene, [nameOf(command, 'picture')]: file, ...options } = fields;
  return { scene: String(scene ?? ''), options, picture: typeof file === 'object' ? file : undefined };
}

type PressInteraction =
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalSubmitInteraction
  | MessageContextMenuCommandInteraction;

/** Presses, shows the reply, and takes away what it leaves nothing to show of. */
export async function onPress(
  interaction: PressInteraction,
  { action, taskId, requestKey, answer }: FormId & Pick<HeardPress, 'answer'> & { requestKey?: string },
  deps: RequestDeps,
): Promise<Reply | undefined> {
  const origin = originOf(interaction);
  const makesNew = deps.actions.some(({ id, renews }) => id === action && renews);
  const refused = makesNew ? obstacle(interaction) : undefined;
  if (!origin || refused !== undefined) {
    await tell(interaction, refused ?? messagesFor(interaction.locale).discord.broken, deps);
    return undefined;
  }
  const heard: Omit<HeardPress, 'task'> = {
    action,
    answer,
    origin: { ...origin, requestKey: requestKey ?? origin.requestKey },
    moderates: () => moderates(interaction),
    isTheirs: () => interaction.isButton() && interaction.message.mentions.users.has(interaction.user.id),
  };
  const pressed = interaction.isButton() ? pressedOn(interaction) : undefined;
  const work = async () => {
    const reply = await press({ task: await deps.store.tasks.get(taskId), ...heard }, deps);
    return reply.type === 'deleted' ? delist(interaction, reply, pressed, deps) : reply;
  };
  return answerWith(interaction, work, deps);
}

const pressedOn = ({ message }: ButtonInteraction): MessageRef => ({
  channel: message.channelId,
  message: message.id,
});
