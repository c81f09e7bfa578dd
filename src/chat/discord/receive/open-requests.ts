import {
  type ButtonInteraction,
  ButtonStyle,
  ComponentType,
  MessageFlags,
  type ModalSubmitInteraction,
  type RepliableInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { z } from 'zod';
import type { Command } from '../../../../commands/table.ts';
import { type Messages, messagesFor } from '../../../messages/messages.ts';
import { patiently } from '../api/rest.ts';
import { personOf } from '../ids.ts';
import { remove } from '../send/post.ts';
import { oneLine } from '../text.ts';
import { openForm, tell } from './acknowledge.ts';
import { inTime } from './answers.ts';
import { nameOf, pictureCommand } from './commands.ts';
import type { RequestDeps } from './deps.ts';
import { formOf, type GivenOptions, readFields } from './forms.ts';
import { type FoundPicture, foundPictureSchema } from './found-pictures.ts';
import type { Heard } from './heard.ts';
import { originOf } from './origin.ts';
import { execute } from './requests.ts';
import { bothOf } from './two-pictures.ts';

const MAX_LABEL = 100;
/**
 * The select of a request that is open, the button that opens its form, and the form: that one's ends in the number of the
 * picture, says that both are meant, or asks for a file.
 */
const PICK = 'pick';
const ASK = 'ask';
const FORM = 'scene';
const FILE = 'file';
const BOTH = 'both';

/** A request that is not complete yet: its pictures, of which one is chosen, and the options that are known. */
const openRequestSchema = z.object({
  /** Who is asked; absent in those of earlier programs. */
  person: z.string().optional(),
  /** Null where it was used. */
  pictures: z.array(foundPictureSchema.nullable()),
  given: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
type OpenRequest = z.infer<typeof openRequestSchema>;

const keyOf = (id: string): string => `discord:request:${id}`;

/** Keeps a request for its form, which may be sent to another process, or to this one after a restart. */
export const keepOpen = (
  { id, user }: Pick<Heard, 'id' | 'user'>,
  request: OpenRequest,
  { store, clock }: RequestDeps,
): Promise<void> =>
  inTime(store.drafts.put({ key: keyOf(id), data: { ...request, person: personOf(user.id) } }), clock);

async function openRequest(id: string, { store, clock }: RequestDeps): Promise<OpenRequest | undefined> {
  const draft = await inTime(store.drafts.get(keyOf(id)), clock);
  return openRequestSchema.safeParse(draft?.data).data;
}

/** Asks for what a request wants: which picture, where there are several, then the rest in a form. `areMeant`: both are. */
export async function askForRest(
  interaction: Exclude<RepliableInteraction, ModalSubmitInteraction>,
  command: Command,
  request: OpenRequest,
  deps: RequestDeps,
  { areMeant = false } = {},
): Promise<void> {
  const { id, locale } = interaction;
  await keepOpen(interaction, request, deps);
  const at = request.pictures.length <= 1 ? 0 : areMeant ? BOTH : undefined;
  if (at !== undefined)
    return void (await openForm(interaction, requestForm(command, { id, at, locale, request }, deps), deps));
  const words = messagesFor(locale).discord;
  await tell(interaction, words.which, deps, { components: [pictureSelect(id, request, { words, command })] });
}

/** The one button under a question. */
export const questionButton = (custom_id: string, label: string) => ({
  type: ComponentType.ActionRow as const,
  components: [{ type: ComponentType.Button as const, style: ButtonStyle.Primary as const, custom_id, label }],
});

/** Opens the form of the one picture. */
export const formButton = (id: string, words: Messages['discord']) => questionButton(`${ASK}:${id}`, words.say);

/** Which of the pictures it is to be. */
export const pictureSelect = (
  id: string,
  { pictures }: OpenRequest,
  { words, command }: { words: Messages['discord']; command: Command },
) => ({
  type: ComponentType.ActionRow as const,
  components: [
    {
      type: ComponentType.StringSelect as const,
      custom_id: `${PICK}:${id}`,
      placeholder: words.choose,
      options: [
        ...pictures.flatMap((picture, at) =>
          picture ? [{ value: String(at), ...labelOf(picture, at + 1, words) }] : [],
        ),
        ...(bothOf(pictures, command) ? [{ value: BOTH, label: words.both }] : []),
      ],
    },
  ],
});

/** A picture that was picked, or the one that there is. False where this is something else. */
export async function onPick(
  interaction: StringSelectMenuInteraction | ButtonInteraction,
  deps: RequestDeps,
): Promise<boolean> {
  const [, id] = new RegExp(`^(?:${PICK}|${ASK}):(\\d+)$`).exec(interaction.customId) ?? [];
  if (id === undefined) return false;
  const { locale } = interaction;
  const [picked] = interaction.isButton() ? [] : interaction.values;
  const at = picked === BOTH ? BOTH : Number(picked ?? 0);
  const command = pictureCommand(deps.commands);
  const request = await openRequest(id, deps);
  if (command && request) await openForm(interaction, requestForm(command, { id, at, locale, request }, deps), deps);
  else await tell(interaction, messagesFor(locale).discord.formGone, deps);
  return true;
}

const requestForm = (
  command: Command,
  { id, at, locale, request }: { id: string; at: number | typeof BOTH; locale: string; request: OpenRequest },
  { provider }: RequestDeps,
) =>
  formOf(command, {
    id: `${FORM}:${id}:${request.pictures.length > 0 ? at : FILE}`,
    title: messagesFor(locale).discord.form.title,
    locale,
    withPicture: request.pictures.length === 0,
    wordless: provider.capabilities.wordless,
    values: request.given,
  });

/** The form, filled in. False where this is another one. */
export async function onRequestForm(interaction: ModalSubmitInteraction, deps: RequestDeps): Promise<boolean> {
  const [, id, at] = new RegExp(`^${FORM}:(\\d+):(\\d+|${FILE}|${BOTH})$`).exec(interaction.customId) ?? [];
  if (id === undefined) return false;
  const command = pictureCommand(deps.commands);
  const request = await openRequest(id, deps);
  const picture = at === FILE || at === BOTH ? undefined : request?.pictures[Number(at)];
  const both = at === BOTH && command && request ? bothOf(request.pictures, command) : undefined;
  if (!command || !request || (at !== FILE && !picture && !both)) {
    await tellThatItIsGone(interaction, deps);
    return true;
  }
  const given: GivenOptions = { ...request.given, ...readFields(interaction, command) };
  const reply = await execute(
    interaction,
    command,
    { ...given, ...(picture ? { [nameOf(command, 'picture')]: picture } : both) },
    deps,
  );
  // Of several processes that heard this, one.
  if (reply?.type === 'taken' && reply.created) {
    await forget(id, { request, used: both ? request.pictures : [picture] }, deps);
    await removeQuestion(interaction, deps);
  }
  return true;
}

/** Another process that heard this too may have recorded it, and cleared the request away. */
export async function tellThatItIsGone(interaction: ModalSubmitInteraction, deps: RequestDeps): Promise<void> {
  const words = messagesFor(interaction.locale).discord;
  const origin = originOf(interaction);
  const known = origin && (await deps.store.tasks.byRequestKey(origin.requestKey));
  await tell(interaction, known ? words.taken : words.formGone, deps);
}

/** An address is not kept for longer than it is needed: the other pictures of the message may still be chosen. */
async function forget(
  id: string,
  { request, used }: { request: OpenRequest; used: readonly (FoundPicture | null | undefined)[] },
  { store }: RequestDeps,
): Promise<void> {
  const pictures = request.pictures.map((each) => (used.includes(each) ? null : each));
  if (pictures.some((each) => each !== null))
    await store.drafts.put({ key: keyOf(id), data: { ...request, pictures } satisfies OpenRequest });
  else await store.drafts.take(keyOf(id));
}

/** A question that everybody sees goes away with its answer. */
export async function removeQuestion({ message }: ModalSubmitInteraction, deps: RequestDeps): Promise<void> {
  if (!message || message.flags.has(MessageFlags.Ephemeral)) return;
  await patiently(() => remove(deps.api, { channel: message.channelId, message: message.id }), deps);
}

const labelOf = ({ name, declared: { size } }: FoundPicture, n: number, words: Messages['discord']) => ({
  label: oneLine(`${words.nth(n)}${name === undefined ? '' : `: ${name}`}`, MAX_LABEL),
  description: size && `${size.width}×${size.height}`,
});
