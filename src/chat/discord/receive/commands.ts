import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Locale,
  ApplicationCommandOptionType as Option,
  PermissionFlagsBits,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import type { Command, OptionInfo, OptionWords } from '../../../../commands/table.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Api, DiscordResult } from '../api/rest.ts';

const DEFAULT_LOCALE = 'en';

/** Whom Discord offers a command to; a server may say otherwise, so who may is asked again when it is said. */
const OFFERED_TO: Record<Command['who'], string | undefined> = {
  all: undefined,
  managers: String(PermissionFlagsBits.ManageGuild),
  // In a server only its administrators see it there; who it is for is asked when it is said.
  owner: '0',
};

const OPTION_TYPES: Record<OptionInfo['type'], Option> = {
  picture: Option.Attachment,
  text: Option.String,
  clip: Option.String,
  person: Option.User,
  choice: Option.String,
  integer: Option.Integer,
  flag: Option.Boolean,
};

/** Of global commands only: a server's own are there and nowhere else. The owner's are said in private. */
const globally = (who: Command['who']) => ({
  integration_types: [ApplicationIntegrationType.GuildInstall],
  contexts: [...(who === 'owner' ? [] : [InteractionContextType.Guild]), InteractionContextType.BotDM],
});

/** Kinds of files that can be picked where a picture is asked for. */
export const PICTURE_FILES = ['image'] as const;

export const takesPicture = ({ options }: Command): boolean => options.some(({ type }) => type === 'picture');

/** The command that a message's menu offers for its pictures. */
export const pictureCommand = (commands: readonly Command[]): Command | undefined => commands.find(takesPicture);

/** The name of a command's first option of a type. */
export const nameOf = ({ options }: Command, wanted: OptionInfo['type']): string =>
  options.find(({ type }) => type === wanted)?.name ?? wanted;

/** The option of a command for a second picture, which its clip ends on; undefined where there is none. */
export const lastIn = ({ options }: Command): string | undefined =>
  options.find(({ type, required }) => type === 'picture' && !required)?.name;

/** Beside the commands there are the menu of messages and plain messages, where one of them takes a picture. */
export function otherWays(commands: readonly Command[], locale: string): string[] {
  const { menu, menuHelp, plainHelp } = messagesFor(locale).discord;
  return pictureCommand(commands) ? [menuHelp(menu), plainHelp] : [];
}

/** A text in every locale that has another one for it: Spanish is two of Discord's. */
function everywhere(pick: (locale: string) => string): Partial<Record<Locale, string>> {
  const own = pick(DEFAULT_LOCALE);
  const all = Object.values(Locale).map((locale) => [locale, pick(locale)] as const);
  return Object.fromEntries(all.filter(([, text]) => text !== own));
}

/** The name is the table's own in every place: by it the interaction names what it carries. */
const described = (name: string, words: (locale: string) => { name: string; description: string }) => ({
  name,
  name_localizations: everywhere((locale) => words(locale).name),
  description: words(DEFAULT_LOCALE).description,
  description_localizations: everywhere((locale) => words(locale).description),
});

function optionOf(command: Command, option: OptionInfo) {
  const { name, type, required, min, max, choices } = option;
  const words = (locale: string): Pick<OptionWords, 'name' | 'description' | 'choices'> =>
    command.words(locale).options[name] ?? { name, description: name };
  const nameOf = (value: string | number) => (locale: string) =>
    option.nameOf?.(value, locale) ?? words(locale).choices?.[value] ?? String(value);
  const [isInteger, isText] = [type === 'integer' && !choices, type === 'text' || type === 'clip'];
  return {
    ...described(name, words),
    type: OPTION_TYPES[type],
    // A form asks for what is missing beside a picture, and for the picture.
    required: required && !takesPicture(command),
    file_types: type === 'picture' ? PICTURE_FILES : undefined,
    autocomplete: type === 'clip' ? true : undefined,
    min_value: isInteger ? min : undefined,
    max_value: isInteger ? max : undefined,
    min_length: isText ? min : undefined,
    max_length: isText ? max : undefined,
    choices: choices?.map((value) => ({
      name: nameOf(value)(DEFAULT_LOCALE),
      name_localizations: everywhere(nameOf(value)),
      value,
    })),
  };
}

/** The bot's commands, as Discord takes them: those of the table, and the menu of messages with pictures. */
export function discordCommands(commands: readonly Command[], { isGlobal }: { isGlobal: boolean }) {
  const where = (who: Command['who']) => (isGlobal ? globally(who) : {});
  const slash = commands.map((command) => ({
    type: ApplicationCommandType.ChatInput,
    ...described(command.name, command.words),
    default_member_permissions: OFFERED_TO[command.who],
    // Required options have to stand first.
    options: command.options
      .filter(({ isUnheeded }) => !isUnheeded)
      .toSorted((a, b) => Number(b.required) - Number(a.required))
      .map((option) => optionOf(command, option)),
    ...where(command.who),
  }));
  const menu = {
    type: ApplicationCommandType.Message,
    name: messagesFor(DEFAULT_LOCALE).discord.menu,
    name_localizations: everywhere((locale) => messagesFor(locale).discord.menu),
    ...where('all'),
  };
  return pictureCommand(commands) ? [...slash, menu] : slash;
}

/** Tells Discord the commands, in one server where that is given. The owner's are said in private, and so are global always. */
export async function registerCommands(
  api: Api,
  { commands, applicationId, guildId }: { commands: readonly Command[]; applicationId: string; guildId?: string },
): Promise<DiscordResult> {
  const everywhere = Routes.applicationCommands(applicationId);
  if (guildId === undefined) return tellCommands(api, everywhere, discordCommands(commands, { isGlobal: true }));
  const owners = commands.filter(({ who }) => who === 'owner');
  const others = commands.filter(({ who }) => who !== 'owner');
  const path = Routes.applicationGuildCommands(applicationId, guildId);
  const told = await tellCommands(api, path, discordCommands(others, { isGlobal: false }));
  if (told.outcome !== 'done') return told;
  return tellCommands(api, everywhere, discordCommands(owners, { isGlobal: true }));
}

/** Unless it knows them so already. */
async function tellCommands(
  api: Api,
  path: `/${string}`,
  wanted: ReturnType<typeof discordCommands>,
): Promise<DiscordResult> {
  const known = await api.call({ method: 'GET', path, query: { with_localizations: 'true' } });
  if (known.outcome !== 'done') return known;
  const there = z.array(z.looseObject({ name: z.string() })).parse(known.value);
  const isSame = there.length === wanted.length && wanted.every((one) => there.some((other) => covers(other, one)));
  return isSame ? known : api.call({ method: 'PUT', path, body: wanted });
}

/** So many servers are looked at for commands that were left there: one for trying things out has few beside it. */
const MAX_SERVERS = 100;

/** Takes commands away that were registered in a server when `DISCORD_GUILD_ID` was another: people would see them twice. */
export async function removeOtherCommands(
  api: Api,
  { applicationId, guildId, servers }: { applicationId: string; guildId?: string; servers: readonly string[] },
): Promise<DiscordResult[]> {
  const others = servers.filter((id) => id !== guildId);
  const paths = others.map((id) => Routes.applicationGuildCommands(applicationId, id));
  const removed: DiscordResult[] = [];
  for (const path of paths.slice(0, MAX_SERVERS)) {
    const found = await api.call({ method: 'GET', path });
    const isNone = found.outcome === 'done' && isEmpty(found.value);
    removed.push(found.outcome !== 'done' || isNone ? found : await api.call({ method: 'PUT', path, body: [] }));
  }
  return removed;
}

/** Whether all that is wanted stands there; additions of Discord's own do not count. */
function covers(there: unknown, wanted: unknown): boolean {
  // Properties that are left out come back as left out, as null or as empty.
  if (isEmpty(wanted) || isEmpty(there)) return isEmpty(wanted) && isEmpty(there);
  if (Array.isArray(wanted))
    return Array.isArray(there) && there.length === wanted.length && wanted.every((one, at) => covers(there[at], one));
  if (typeof wanted !== 'object' || typeof there !== 'object') return there === wanted;
  return Object.entries(wanted ?? {}).every(([name, value]) => covers(Reflect.get(there ?? {}, name), value));
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  (typeof value === 'object' && Object.keys(value).length === 0);
