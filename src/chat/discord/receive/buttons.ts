import {
  type ButtonInteraction,
  type ModalSubmitInteraction,
  Routes,
  SnowflakeUtil,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { again } from '../../../../commands/again.ts';
import { answerDoubt } from '../../../../commands/answer.ts';
import { cancel } from '../../../../commands/cancel.ts';
import { deleteTask } from '../../../../commands/delete.ts';
import type { Reply } from '../../../../commands/reply.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Task } from '../../../task/task.ts';
import { type Api, patiently } from '../api/rest.ts';
import { type ButtonId, type MessageRef, personOf, readButton, readRef, writeButton } from '../ids.ts';
import { type Answerable, openForm, tell } from './acknowledge.ts';
import { answerWith, inTime } from './answers.ts';
import { SCENE_FIELD, sceneForm } from './forms.ts';
import { moderates, originOf, type RequestOrigin } from './origin.ts';
import { obstacle, type RequestDeps, refusal } from './requests.ts';
import { STOP_SELECT } from './slash.ts';

export type ButtonDeps = RequestDeps & { api: Api };

/** A second press so soon after the first is the same press. */
const SAME_PRESS_MS = 2_000;
/** Of one button. After that two presses at once are two requests. */
const MAX_PRESSES = 100;
const EDIT = 'edit';

/** A button under a card or a clip. All it needs is in its id, so that it works after a restart. */
export async function onButton(interaction: ButtonInteraction, deps: ButtonDeps): Promise<void> {
  const button = readButton(interaction.customId);
  if (!button) return;
  const { taskId } = button;
  const { locale } = interaction;
  const own = { taskId, locale, by: personOf(interaction.user.id), moderates: moderates(interaction) };
  switch (button.action) {
    case 'cancel':
      await answerWith(interaction, () => cancel(own, deps), deps);
      return deps.wake();
    case 'retry':
    case 'leave': {
      const choice = button.action;
      await answerWith(interaction, () => answerDoubt({ ...own, choice }, deps), deps);
      return deps.wake();
    }
    case 'again':
      return onAgain(interaction, button, deps);
    case 'edit':
      return onEdit(interaction, button, deps);
    case 'delete':
      return onDelete(interaction, own, deps);
  }
}

/** The select of `/cancel`. False where this is another select. */
export async function onStop(interaction: StringSelectMenuInteraction, deps: ButtonDeps): Promise<boolean> {
  if (interaction.customId !== STOP_SELECT) return false;
  const [taskId = ''] = interaction.values;
  const own = { taskId, locale: interaction.locale, by: personOf(interaction.user.id) };
  await answerWith(interaction, () => cancel(own, deps), deps);
  deps.wake();
  return true;
}

/** Another take. Pressed twice it is one request: its key is the button's id, in which each press after that counts on. */
async function onAgain(interaction: ButtonInteraction, button: ButtonId, deps: ButtonDeps): Promise<void> {
  await anotherTake(interaction, deps, async (asked) => {
    for (let n = button.n; n < button.n + MAX_PRESSES; n++) {
      const requestKey = writeButton({ ...button, n });
      const reply = await again({ ...asked, requestKey, taskId: button.taskId }, deps);
      if (reply.type !== 'taken' || reply.created || isSamePress(reply.task, interaction)) return reply;
    }
    return again({ ...asked, taskId: button.taskId }, deps);
  });
}

/** Heard by another process too, or pressed once more by the same person at once. Both instants are Discord's. */
function isSamePress({ requester, place }: Task, { user, createdTimestamp }: ButtonInteraction): boolean {
  if (place.message === undefined || requester.id !== personOf(user.id)) return false;
  return Math.abs(createdTimestamp - SnowflakeUtil.timestampFrom(place.message)) < SAME_PRESS_MS;
}

/** Opens the form with the words as they were. */
async function onEdit(interaction: ButtonInteraction, { taskId }: ButtonId, deps: ButtonDeps): Promise<void> {
  const words = messagesFor(interaction.locale);
  const task = await inTime(deps.store.tasks.get(taskId), deps.clock);
  const refused = task ? await refusal(interaction, deps) : words.request.gone;
  if (!task || refused !== undefined) return void (await tell(interaction, refused ?? words.request.gone, deps));
  const { editTitle: title } = words.discord.form;
  const form = sceneForm(words.discord, { customId: `${EDIT}:${taskId}`, title, value: task.scene });
  await openForm(interaction, form, deps);
}

/** Another take with other words. False where this is another form. */
export async function onEdited(interaction: ModalSubmitInteraction, deps: ButtonDeps): Promise<boolean> {
  const [, taskId] = new RegExp(`^${EDIT}:([0-9a-f]{24})$`).exec(interaction.customId) ?? [];
  if (taskId === undefined) return false;
  const scene = interaction.fields.getTextInputValue(SCENE_FIELD);
  await anotherTake(interaction, deps, (asked) => again({ ...asked, taskId, scene }, deps));
  return true;
}

async function anotherTake(
  interaction: Answerable,
  deps: ButtonDeps,
  command: (asked: RequestOrigin) => Promise<Reply>,
): Promise<void> {
  const asked = originOf(interaction);
  const refused = asked ? obstacle(interaction) : messagesFor(interaction.locale).discord.broken;
  if (!asked || refused !== undefined) return void (await tell(interaction, refused ?? '', deps));
  await answerWith(interaction, () => command(asked), deps);
}

/** Forgets a clip, and takes what was shown of it away. */
async function onDelete(
  interaction: ButtonInteraction,
  own: Parameters<typeof deleteTask>[0],
  deps: ButtonDeps,
): Promise<void> {
  const task = await inTime(deps.store.tasks.get(own.taskId), deps.clock);
  const { message, user } = interaction;
  const isTheirs = own.moderates || message.mentions.users.has(user.id);
  // Forgotten before, but somebody was interrupted in taking it away.
  const isLeftOver = !task && isTheirs;
  const reply = await answerWith(interaction, () => deleteTask(own, deps), deps);
  if (!isLeftOver && reply?.type !== 'done') return;
  const pressed = { channel: message.channelId, message: message.id };
  const shown = [...(task ? messagesOf(task) : []).filter((ref) => ref.message !== message.id), pressed];
  for (const { channel, message } of shown)
    await patiently(() => deps.api.call({ method: 'DELETE', path: Routes.channelMessage(channel, message) }), deps);
}

const messagesOf = ({ sent }: Task): MessageRef[] => {
  const refs = Object.values(sent).flatMap((text) => readRef(text) ?? []);
  return [...new Map(refs.map((ref) => [ref.message, ref])).values()];
};
