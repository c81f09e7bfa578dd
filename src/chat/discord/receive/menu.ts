import type { MessageContextMenuCommandInteraction } from 'discord.js';
import { declaredProblem } from '../../../../commands/animate.ts';
import { editAction } from '../../../../commands/edit.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { readButtons } from '../ids.ts';
import { tell } from './acknowledge.ts';
import { pictureCommand } from './commands.ts';
import type { RequestDeps } from './deps.ts';
import { type FoundPicture, picturesIn } from './found-pictures.ts';
import { askForRest } from './open-requests.ts';
import { onPress } from './presses.ts';
import { refusal } from './requests.ts';

/** **Animate this picture**: asks which, where there are several, and for the scene. */
export async function onMenu(interaction: MessageContextMenuCommandInteraction, deps: RequestDeps): Promise<void> {
  const { targetMessage, locale } = interaction;
  const own =
    targetMessage.author.id === interaction.client.user.id ? readButtons(targetMessage.components)[0] : undefined;
  // On a card or a clip of the bot's own: the picture that it was made of, with other words.
  if (own) return void (await onPress(interaction, { action: editAction.id, taskId: own.taskId }, deps));
  const command = pictureCommand(deps.commands);
  const { pictures, refused } = usable(picturesIn(targetMessage), locale, deps);
  const why = refused ?? (await refusal(interaction, deps));
  if (!command || why !== undefined)
    return void (await tell(interaction, why ?? messagesFor(locale).discord.broken, deps));
  await askForRest(interaction, command, { pictures, given: {} }, deps);
}

/** Those of a message's pictures that can be used; where none can, why. */
export function usable(
  found: readonly FoundPicture[],
  locale: string,
  deps: RequestDeps,
): { pictures: FoundPicture[]; refused?: string } {
  const judged = found.map((picture) => ({ picture, refused: problemOf(picture, locale, deps) }));
  const pictures = judged.flatMap(({ picture, refused }) => (refused === undefined ? [picture] : []));
  if (pictures.length > 0) return { pictures };
  return { pictures, refused: judged[0]?.refused ?? messagesFor(locale).discord.noPicture };
}

function problemOf(
  { ref, declared }: FoundPicture,
  locale: string,
  { pictures, provider, defaultFit }: RequestDeps,
): string | undefined {
  if (!pictures.isOurs(ref)) return messagesFor(locale).discord.foreignPicture;
  return declaredProblem(declared, { provider, fit: defaultFit, locale });
}
