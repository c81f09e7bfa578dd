import type { MessageContextMenuCommandInteraction } from 'discord.js';
import { declaredProblem } from '../../../../commands/animate.ts';
import { editAction } from '../../../../commands/edit.ts';
import { chosenAt } from '../../../../commands/settings/at-place.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Fit } from '../../../task/picture.ts';
import { readButtons } from '../ids.ts';
import { tell } from './acknowledge.ts';
import { inTime } from './answers.ts';
import { pictureCommand } from './commands.ts';
import type { RequestDeps } from './deps.ts';
import { type FoundPicture, picturesIn } from './found-pictures.ts';
import type { Heard } from './heard.ts';
import { askForRest } from './open-requests.ts';
import { placeOf } from './origin.ts';
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
  const { pictures, refused } = await usable(picturesIn(targetMessage), interaction, deps);
  const why = refused ?? (await refusal(interaction, deps));
  if (!command || why !== undefined)
    return void (await tell(interaction, why ?? messagesFor(locale).discord.broken, deps));
  await askForRest(interaction, command, { pictures, given: {} }, deps);
}

/** Those of a message's pictures that can be used; where none can, why. */
export async function usable(
  found: readonly FoundPicture[],
  heard: Heard,
  deps: RequestDeps,
  which?: 'last',
): Promise<{ pictures: FoundPicture[]; refused?: string }> {
  const { locale } = heard;
  const place = placeOf(heard);
  const { fit = deps.defaultFit } = place ? await inTime(chosenAt(place, deps.store), deps.clock) : {};
  const judged = found.map((picture) => ({ picture, refused: problemOf(picture, { locale, fit, which }, deps) }));
  const pictures = judged.flatMap(({ picture, refused }) => (refused === undefined ? [picture] : []));
  if (pictures.length > 0) return { pictures };
  return { pictures, refused: judged[0]?.refused ?? messagesFor(locale).discord.noPicture };
}

function problemOf(
  { ref, declared }: FoundPicture,
  { locale, fit, which }: { locale: string; fit: Fit; which?: 'last' },
  { pictures, provider }: RequestDeps,
): string | undefined {
  if (!pictures.isOurs(ref)) return messagesFor(locale).discord.foreignPicture;
  return declaredProblem(declared, { provider, fit, which, locale });
}
