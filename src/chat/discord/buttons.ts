import {
  type ButtonInteraction,
  type ModalSubmitInteraction,
  Routes,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { again } from '../../../commands/again.ts';
import { answerDoubt } from '../../../commands/answer.ts';
import { cancel } from '../../../commands/cancel.ts';
import { deleteTask } from '../../../commands/delete.ts';
import { messagesFor } from '../../messages/messages.ts';
import type { Task } from '../../task/task.ts';
import { type Answerable, answerWith, openForm, tell } from './answers.ts';
import { askedBy, moderates } from './asked.ts';
import { SCENE_FIELD, sceneForm } from './forms.ts';
import { type ButtonId, type MessageRef, personOf, readButton, readRef, writeButton } from './ids.ts';
import { obstacle, type RequestDeps } from './requests.ts';
import type { Api } from './rest.ts';
import { STOP_SELECT } from './slash.ts';

export type ButtonDeps = RequestDeps & { api: Api };

/** A second press so soon after the first is the same press. */
const RENEW_AFTER_MS = 2_000;
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

/** Another take. The button's id is the request's key until it is renewed: pressed twice, it is one request. */
async function onAgain(interaction: ButtonInteraction, button: ButtonId, deps: ButtonDeps): Promise<void> {
  const reply = await anotherTake(interaction, { requestKey: interaction.customId, taskId: button.taskId }, deps);
  if (reply?.type !== 'taken') return;
  await deps.clock.sleep(RENEW_AFTER_MS);
  const before = JSON.stringify(interaction.message.components.map((row) => row.toJSON()));
  const renewed = writeButton({ ...button, n: button.n + 1 });
  await deps.api.call({
    method: 'PATCH',
    path: Routes.channelMessage(interaction.message.channelId, interaction.message.id),
    body: {
      components: JSON.parse(before.replaceAll(`"${interaction.customId}"`, `"${renewed}"`)),
      allowed_mentions: { parse: [] },
    },
  });
}

/** Opens the form with the words as they were. */
async function onEdit(interaction: ButtonInteraction, { taskId }: ButtonId, { store }: ButtonDeps): Promise<void> {
  const words = messagesFor(interaction.locale);
  const task = await store.tasks.get(taskId);
  if (!task) return void (await tell(interaction, words.request.gone));
  const { editTitle: title } = words.discord.form;
  await openForm(interaction, sceneForm(words.discord, { customId: `${EDIT}:${taskId}`, title, value: task.scene }));
}

/** Another take with other words. False where this is another form. */
export async function onEdited(interaction: ModalSubmitInteraction, deps: ButtonDeps): Promise<boolean> {
  const [, taskId] = new RegExp(`^${EDIT}:([0-9a-f]{24})$`).exec(interaction.customId) ?? [];
  if (taskId === undefined) return false;
  const scene = interaction.fields.getTextInputValue(SCENE_FIELD);
  await anotherTake(interaction, { taskId, scene }, deps);
  return true;
}

/** Without a key of its own it is the interaction's. */
async function anotherTake(
  interaction: Answerable,
  wanted: { requestKey?: string; taskId: string; scene?: string },
  deps: ButtonDeps,
) {
  const words = messagesFor(interaction.locale).discord;
  const asked = askedBy(interaction);
  const refused = asked ? obstacle(interaction) : words.broken;
  if (asked && refused === undefined) return answerWith(interaction, () => again({ ...asked, ...wanted }, deps), deps);
  await tell(interaction, refused ?? words.broken);
  return undefined;
}

/** Forgets a clip, and takes what was shown of it away. */
async function onDelete(
  interaction: ButtonInteraction,
  own: Parameters<typeof deleteTask>[0],
  deps: ButtonDeps,
): Promise<void> {
  const task = await deps.store.tasks.get(own.taskId);
  const { message, user } = interaction;
  const isTheirs = own.moderates || message.mentions.users.has(user.id);
  // Forgotten before, but somebody was interrupted in taking it away.
  const isLeftOver = !task && isTheirs;
  const reply = await answerWith(interaction, () => deleteTask(own, deps), deps);
  if (!isLeftOver && reply?.type !== 'done') return;
  const pressed = { channel: message.channelId, message: message.id };
  const shown = [...(task ? messagesOf(task) : []).filter((ref) => ref.message !== message.id), pressed];
  for (const ref of shown)
    await deps.api.call({ method: 'DELETE', path: Routes.channelMessage(ref.channel, ref.message) });
}

const messagesOf = ({ sent }: Task): MessageRef[] => {
  const refs = Object.values(sent).flatMap((text) => readRef(text) ?? []);
  return [...new Map(refs.map((ref) => [ref.message, ref])).values()];
};
