import { ComponentType, type RepliableInteraction } from 'discord.js';
import type { Reply } from '../../../../commands/reply.ts';
import type { Command } from '../../../../commands/table.ts';
import { type Messages, messagesFor } from '../../../messages/messages.ts';
import { choiceLabel } from '../../kit/choice-label.ts';
import { writeChoice, writeForm } from '../ids.ts';
import { oneLine } from '../text.ts';
import { type Acknowledged, leaveToCard, openForm, tell } from './acknowledge.ts';
import { nameOf, pictureCommand } from './commands.ts';
import type { RequestDeps } from './deps.ts';
import { type FormOptions, formOf } from './forms.ts';

const MAX_LABEL = 100;

/** Shows a reply as the first answer, to the person alone. */
export function showReply(
  interaction: RepliableInteraction,
  reply: Reply,
  deps: Pick<RequestDeps, 'clock' | 'commands' | 'provider' | 'store'>,
): Promise<Acknowledged> {
  const { locale } = interaction;
  const words = messagesFor(locale).discord;
  const command = pictureCommand(deps.commands);
  if (reply.type === 'question' && command && !interaction.isModalSubmit())
    return openForm(
      interaction,
      questionForm(reply, command, { locale, wordless: deps.provider.capabilities.wordless }),
      deps,
    );
  // Beside the card an answer would still say so when the card has long said how it ended.
  if (reply.type === 'done' && reply.isOnCard && interaction.isButton()) return leaveToCard(interaction, deps);
  // Of what was chosen the answer stays, too.
  const isChosen = reply.type === 'done' && reply.isOnCard;
  const said: Reply = isChosen ? { type: 'done', text: messagesFor(locale).request.cancelHeard } : reply;
  const { content, components } = contentOf(said, { words, now: deps.store.now() });
  return tell(interaction, content, deps, { components });
}

/** A reply as the content of a message, which may take the place of an earlier one. */
export function contentOf(reply: Reply, { words, now }: { words: Messages['discord']; now: number }) {
  switch (reply.type) {
    case 'taken':
      return { content: reply.note === undefined ? words.taken : `${words.taken} ${reply.note}` };
    case 'choice':
      return {
        content: reply.text,
        components: [{ type: ComponentType.ActionRow as const, components: [taskSelect(reply, now)] }],
      };
    case 'question':
      // A form is the first answer or none.
      return { content: words.pressAgain };
    default:
      return { content: reply.text };
  }
}

/** The form of a question. The options of the clip stand in it, but for the seed: with the same one it would be much the same clip. */
export const questionForm = (
  { action, task, title, text, value, wants }: Extract<Reply, { type: 'question' }>,
  command: Command,
  {
    locale,
    wordless,
    id = writeForm({ action, taskId: task.id }),
  }: Pick<FormOptions, 'locale' | 'wordless'> & { id?: string },
) => {
  const { seed, ...options } = task.options;
  const scene = nameOf(command, 'text');
  const asked = wants === 'picture' ? nameOf(command, 'picture') : scene;
  return formOf(command, {
    id,
    title,
    locale,
    withPicture: wants === 'picture',
    wordless,
    values: { ...options, [scene]: value },
    words: { [asked]: { label: text }, seed: { hint: messagesFor(locale).discord.form.seedOf(seed) } },
  });
};

const taskSelect = ({ action, tasks }: Extract<Reply, { type: 'choice' }>, now: number) => ({
  type: ComponentType.StringSelect as const,
  customId: writeChoice(action),
  options: tasks.map((task) => ({ value: task.id, label: oneLine(choiceLabel(task, now), MAX_LABEL) || task.id })),
});
