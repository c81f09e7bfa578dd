import { randomUUID } from 'node:crypto';
import type {
  ButtonInteraction,
  ChannelSelectMenuInteraction,
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
  MENU_LETTER,
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
import { leaveDelete } from './leave-delete.ts';
import { moderates, originOf } from './origin.ts';
import { renewButton } from './renew-button.ts';
import { obstacle } from './requests.ts';

/** So long it is remembered that a press was heard, by whichever process. */
const HEARD_MS = 60_000;

/** A button under a card or a clip. All it needs is in its id, so that it works after a restart. */
export async function onButton(interaction: ButtonInteraction, deps: RequestDeps): Promise<void> {
  const button = readButton(interaction.customId);
  if (!button) return;
  const { taskId } = button;
  const action = deps.actions.find(({ id }) => id === button.action);
  // A menu is made anew each time, and is never renewed.
  const isMenu = button.letter === MENU_LETTER;
  const n = isMenu ? interaction.message.id : button.n;
  const requestKey = action?.renews
    ? pressKey({ action: action.id, taskId, n }, { id: personOf(interaction.user.id) })
    : undefined;
  const reply = await onPress(interaction, { action: button.action, taskId, requestKey }, deps);
  if (isMenu) return;
  const pressed = pressedOn(interaction);
  const task = await deps.store.tasks.get(taskId);
  const isStray = isStrayOf(task, button, interaction.message);
  const isGone = !task && reply?.type === 'refused';
  if (isGone && !action?.removes)
    return leaveDelete(interaction.message, button, { ...deps, locale: interaction.locale });
  const ref = writeRef(pressed);
  if (isStray) await keepTakingAway({ id: ref, sent: { stray: ref }, locale: task?.locale }, deps);
  else if (action?.renews && reply?.type === 'taken') await renewButton(pressed, button, deps);
  else if (reply?.type === 'changed') deps.relabel(pressed, taskId);
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
  | ChannelSelectMenuInteraction
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
  const pressedFor = deps.actions.find(({ id }) => id === action);
  const refused = pressedFor?.renews ? obstacle(interaction) : undefined;
  if (!origin || refused !== undefined) {
    await tell(interaction, refused ?? messagesFor(interaction.locale).discord.broken, deps);
    return undefined;
  }
  const heard: Omit<HeardPress, 'task'> = {
    action,
    answer,
    origin: { ...origin, requestKey: requestKey ?? origin.requestKey },
    moderates: () => moderates(interaction),
    // In a conversation with the bot all that it says is for that person.
    isTheirs: () =>
      interaction.isButton() &&
      (interaction.guildId === null || interaction.message.mentions.users.has(interaction.user.id)),
  };
  // Where it stands behind More its task knows what goes with it.
  const isMenu = interaction.isButton() && readButton(interaction.customId)?.letter === MENU_LETTER;
  const pressed = interaction.isButton() && !isMenu ? pressedOn(interaction) : undefined;
  const owner = randomUUID();
  const work = async (): Promise<Reply> => {
    const task = await deps.store.tasks.get(taskId);
    const isHeard =
      task && pressedFor?.toggles && !(await deps.store.locks.hold(`press:${interaction.id}`, owner, HEARD_MS));
    if (isHeard) return { type: 'changed', text: '', task };
    const reply = await press({ task, ...heard }, deps);
    return reply.type === 'deleted' ? delist(interaction, reply, pressed, deps) : reply;
  };
  return answerWith(interaction, work, deps);
}

const pressedOn = ({ message }: ButtonInteraction): MessageRef => ({
  channel: message.channelId,
  message: message.id,
});
