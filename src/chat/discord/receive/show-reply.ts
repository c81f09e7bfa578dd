import { ButtonStyle, ComponentType, type RepliableInteraction } from 'discord.js';
import { deleteAction } from '../../../../commands/delete.ts';
import type { Reply } from '../../../../commands/reply.ts';
import type { Command } from '../../../../commands/table.ts';
import { type Messages, messagesFor } from '../../../messages/messages.ts';
import type { Task } from '../../../task/task.ts';
import { buttonsFrom } from '../../kit/card-view.ts';
import { choiceLabel } from '../../kit/choice-label.ts';
import { MENU_LETTER, writeChoice, writeConfirm, writeForm } from '../ids.ts';
import { buttonRow, buttonRows } from '../send/layout.ts';
import { homeOf } from '../send/places.ts';
import { oneLine } from '../text.ts';
import { type Acknowledged, leaveToCard, openForm, tell } from './acknowledge.ts';
import { showPage } from './clip-pages.ts';
import { nameOf, pictureCommand } from './commands.ts';
import type { RequestDeps } from './deps.ts';
import { type FormOptions, formOf } from './forms.ts';
import { showSettings } from './show-settings.ts';
import { whereSelect } from './where-select.ts';

const MAX_LABEL = 100;

/** Shows a reply as the first answer, to the person alone. */
export function showReply(
  interaction: RepliableInteraction,
  reply: Reply,
  deps: Pick<RequestDeps, 'clock' | 'commands' | 'actions' | 'provider' | 'store' | 'files' | 'log'>,
): Promise<Acknowledged> {
  const { locale } = interaction;
  const command = pictureCommand(deps.commands);
  if (reply.type === 'question' && command && !interaction.isModalSubmit())
    return openForm(
      interaction,
      questionForm(reply, command, { locale, wordless: deps.provider.capabilities.wordless }),
      deps,
    );
  if (reply.type === 'clips') return showPage(interaction, reply, deps);
  if (reply.type === 'settings') return showSettings(interaction, reply, deps);
  // Its label is what changes.
  if (reply.type === 'changed' && interaction.isButton()) return leaveToCard(interaction, deps);
  // Beside the card an answer would still say so when the card has long said how it ended.
  if (reply.type === 'done' && reply.isOnCard && interaction.isButton()) return leaveToCard(interaction, deps);
  // Of what was chosen the answer stays, too.
  const isChosen = reply.type === 'done' && reply.isOnCard;
  const said: Reply = isChosen ? { type: 'done', text: messagesFor(locale).request.cancelHeard } : reply;
  const { content, ...more } = contentOf(said, interaction, deps);
  return tell(interaction, content, deps, more);
}

/** A reply as the content of a message, which may take the place of an earlier one. */
export function contentOf(
  reply: Reply,
  { locale, guildId, channelId }: Pick<RepliableInteraction, 'locale' | 'guildId' | 'channelId'>,
  { actions, store }: Pick<RequestDeps, 'actions' | 'store'>,
) {
  const words = messagesFor(locale).discord;
  switch (reply.type) {
    case 'taken':
      return reply.task.shows === undefined
        ? { content: reply.note === undefined ? words.taken : `${words.taken} ${reply.note}` }
        : {
            content: [shownWhere(reply.task, { channelId, words }), reply.note].join(' ').trim(),
            components: [takeBackRow(reply.task, words)],
          };
    case 'menu': {
      const { task } = reply;
      const listed = reply.actions.flatMap((id) => actions.find((action) => action.id === id) ?? []);
      const rows = buttonRows(buttonsFrom(listed, task, locale), { task, letter: MENU_LETTER });
      return { content: reply.text, components: rows };
    }
    case 'where':
      // In a conversation there is no other place to choose.
      return guildId === null
        ? { content: words.whereFromHere }
        : { content: reply.text, components: [whereSelect(reply, words)] };
    case 'choice':
      return {
        content: reply.text,
        components: [{ type: ComponentType.ActionRow as const, components: [taskSelect(reply, store.now())] }],
      };
    case 'file':
      return { content: reply.text, files: [{ attachment: Buffer.from(reply.content), name: reply.name }] };
    case 'confirm':
      return { content: reply.text, components: [confirmRow(reply)] };
    case 'question':
    case 'clips':
    case 'settings':
      // A form is the first answer or none, and so are a page of clips and settings.
      return { content: words.pressAgain };
    default:
      return { content: reply.text };
  }
}

/** Where the clip is on its way to. */
function shownWhere(
  task: Task,
  { channelId, words }: { channelId: string | null; words: Messages['discord'] },
): string {
  const home = homeOf(task);
  if (home === channelId) return words.showing;
  return task.place.community === undefined ? words.copying : words.sharing(`<#${home}>`);
}

/** What is shown once more is taken back by one press. */
const takeBackRow = (task: Task, { takeBack: label }: Messages['discord']) =>
  buttonRow([{ action: deleteAction.id, label, style: 'plain' }], { task, letter: MENU_LETTER });

/** The form of a question. The options of the clip stand in it, but for the seed: with the same one it would be much the same clip. */
export const questionForm = (
  { action, task, title, text, value, wants, options: asked }: Extract<Reply, { type: 'question' }>,
  command: Command,
  {
    locale,
    wordless,
    id = writeForm({ action, taskId: task.id }),
  }: Pick<FormOptions, 'locale' | 'wordless'> & { id?: string },
) => {
  const { seed, ...options } = asked;
  const scene = nameOf(command, 'text');
  const labelled = wants === 'picture' ? nameOf(command, 'picture') : scene;
  return formOf(command, {
    id,
    title,
    locale,
    withPicture: wants === 'picture',
    isAnother: true,
    wordless,
    values: { ...options, [scene]: value },
    words: { [labelled]: { label: text }, seed: { hint: messagesFor(locale).discord.form.seedOf(seed) } },
  });
};

const confirmRow = ({ question, label }: Extract<Reply, { type: 'confirm' }>) => ({
  type: ComponentType.ActionRow as const,
  components: [
    {
      type: ComponentType.Button as const,
      style: ButtonStyle.Danger as const,
      custom_id: writeConfirm(question),
      label,
    },
  ],
});

const taskSelect = ({ action, tasks }: Extract<Reply, { type: 'choice' }>, now: number) => ({
  type: ComponentType.StringSelect as const,
  customId: writeChoice(action),
  options: tasks.map((task) => ({ value: task.id, label: oneLine(choiceLabel(task, now), MAX_LABEL) || task.id })),
});
