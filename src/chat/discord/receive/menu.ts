import {
  ComponentType,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { z } from 'zod';
import { declaredProblem } from '../../../../commands/animate.ts';
import type { Command, OptionInfo } from '../../../../commands/table.ts';
import { type Messages, messagesFor } from '../../../messages/messages.ts';
import { oneLine } from '../text.ts';
import { openForm, tell } from './acknowledge.ts';
import { inTime } from './answers.ts';
import { pictureCommand } from './commands.ts';
import { SCENE_FIELD, sceneForm } from './forms.ts';
import { type FoundPicture, foundPictureSchema, picturesIn } from './found-pictures.ts';
import { originOf } from './origin.ts';
import { execute, type GivenOptions, type RequestDeps, refusal } from './requests.ts';

const MAX_LABEL = 100;
/** The select and the form of a draft; the form's ends in the number of the picture. */
const PICK = 'pick';
const SCENE = 'scene';

const draftSchema = z.array(foundPictureSchema);
const draftKey = (id: string): string => `discord:pictures:${id}`;

/** **Animate this picture**: asks which, where there are several, and for the scene. */
export async function onMenu(interaction: MessageContextMenuCommandInteraction, deps: RequestDeps): Promise<void> {
  const words = messagesFor(interaction.locale).discord;
  const found = picturesIn(interaction.targetMessage);
  const judged = found.map((picture) => ({ picture, refused: refusedPicture(picture, interaction.locale, deps) }));
  const pictures = judged.flatMap(({ picture, refused }) => (refused === undefined ? [picture] : []));
  const refused = pictures.length > 0 ? await refusal(interaction, deps) : (judged.at(0)?.refused ?? words.noPicture);
  if (refused !== undefined) return void (await tell(interaction, refused, deps));
  // The form may be sent to another process, or to this one after a restart.
  await inTime(deps.store.drafts.put({ key: draftKey(interaction.id), data: pictures }), deps.clock);
  if (pictures.length === 1) return void (await openForm(interaction, formOf(words, interaction.id, 0), deps));
  const select = {
    type: ComponentType.StringSelect,
    customId: `${PICK}:${interaction.id}`,
    placeholder: words.choose,
    options: pictures.map((picture, at) => ({ value: String(at), ...labelOf(picture, at + 1, words) })),
  } as const;
  await tell(interaction, words.which, deps, { components: [{ type: ComponentType.ActionRow, components: [select] }] });
}

/** Which picture it is to be. False where this is another select. */
export async function onPick(interaction: StringSelectMenuInteraction, deps: RequestDeps): Promise<boolean> {
  const [, id] = new RegExp(`^${PICK}:(\\d+)$`).exec(interaction.customId) ?? [];
  if (id === undefined) return false;
  const form = formOf(messagesFor(interaction.locale).discord, id, Number(interaction.values[0]));
  await openForm(interaction, form, deps);
  return true;
}

/** The scene for it. False where this is another form. */
export async function onScene(interaction: ModalSubmitInteraction, deps: RequestDeps): Promise<boolean> {
  const [, id, at] = new RegExp(`^${SCENE}:(\\d+):(\\d+)$`).exec(interaction.customId) ?? [];
  if (id === undefined) return false;
  const words = messagesFor(interaction.locale).discord;
  const command = pictureCommand(deps.commands);
  const draft = await inTime(deps.store.drafts.get(draftKey(id)), deps.clock);
  const picture = draftSchema.safeParse(draft?.data).data?.[Number(at)];
  if (!command || !picture) {
    const origin = originOf(interaction);
    // Another process that heard this too may have recorded it, and cleared the draft away.
    const known = origin && (await deps.store.tasks.byRequestKey(origin.requestKey));
    await tell(interaction, known ? words.taken : words.formGone, deps);
    return true;
  }
  const given = givenFor(command, { picture, text: interaction.fields.getTextInputValue(SCENE_FIELD) });
  const reply = await execute(interaction, command, given, deps);
  // The address is not kept for longer than it is needed.
  if (reply?.type === 'taken') await deps.store.drafts.take(draftKey(id));
  return true;
}

/** The menu has one picture and one text to give: each is for the first option that takes it. */
function givenFor({ options }: Command, { picture, text }: { picture: FoundPicture; text: string }): GivenOptions {
  const nameOf = (wanted: OptionInfo['type']) => options.find(({ type }) => type === wanted)?.name ?? wanted;
  return { [nameOf('picture')]: picture, [nameOf('text')]: text };
}

function refusedPicture(
  { ref, declared }: FoundPicture,
  locale: string,
  { pictures, provider, defaultFit }: RequestDeps,
): string | undefined {
  if (!pictures.isOurs(ref)) return messagesFor(locale).discord.foreignPicture;
  return declaredProblem(declared, { provider, fit: defaultFit, locale });
}

const formOf = ({ form: { title, scene, placeholder } }: Messages['discord'], id: string, at: number) =>
  sceneForm(`${SCENE}:${id}:${at}`, { title, label: scene, placeholder });

const labelOf = ({ name, declared: { size } }: FoundPicture, n: number, words: Messages['discord']) => ({
  label: oneLine(`${words.nth(n)}${name === undefined ? '' : `: ${name}`}`, MAX_LABEL),
  description: size && `${size.width}×${size.height}`,
});
