import { ApplicationCommandType, ApplicationCommandOptionType as O } from 'discord.js';
import { z } from 'zod';
import { fileTypes } from './modals.ts';
import { invalid, parse, refuse } from './refusal.ts';
import type { Asked, Route } from './server.ts';
import type { World } from './world.ts';

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const LOCALES =
  'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko';
const localized = <T extends z.ZodType>(text: T) =>
  z.partialRecord(z.enum(LOCALES.split(' ') as [string, ...string[]]), text.nullable()).nullish();

const slashName = z
  .string()
  .regex(NAME, 'Command name is invalid')
  .refine((name) => name === name.toLowerCase(), 'Command name must be lower case');
const description = z.string().min(1).max(100);
const choice = z.object({
  name: z.string().min(1).max(100),
  name_localizations: localized(z.string().min(1).max(100)),
  value: z.union([z.string().max(100), z.number()]),
});
const optionBase = {
  type: z.int().min(1).max(11),
  name: slashName,
  name_localizations: localized(slashName),
  description,
  description_localizations: localized(description),
  required: z.boolean().default(false),
  choices: z.array(choice).max(25).optional(),
  autocomplete: z.boolean().optional(),
  min_length: z.int().min(0).max(6000).optional(),
  max_length: z.int().min(1).max(6000).optional(),
  min_value: z.number().optional(),
  max_value: z.number().optional(),
  channel_types: z.array(z.int()).optional(),
  file_types: fileTypes.optional(),
};
const leaf = z.object(optionBase);
const sub = z.object({ ...optionBase, options: z.array(leaf).max(25).optional() });
const option = z.object({ ...optionBase, options: z.array(sub).max(25).optional() });

const command = z
  .object({
    type: z.int().min(1).max(3).default(ApplicationCommandType.ChatInput),
    name: z.string().min(1).max(32),
    name_localizations: localized(z.string().min(1).max(32)),
    description: z.string().max(100).default(''),
    description_localizations: localized(description),
    options: z.array(option).max(25).default([]),
    nsfw: z.boolean().optional(),
    default_member_permissions: z.string().regex(/^\d+$/).nullish(),
    contexts: z.array(z.int().min(0).max(2)).nullish(),
    integration_types: z.array(z.int().min(0).max(1)).min(1).nullish(),
  })
  .superRefine((it, { addIssue }) => {
    const say = (path: (string | number)[], message: string) => addIssue({ code: 'custom', path, message });
    if (it.type !== ApplicationCommandType.ChatInput) {
      if (it.description !== '') say(['description'], 'Context menu commands cannot have description');
      if (it.options.length > 0) say(['options'], 'Context menu commands cannot have options');
      return;
    }
    for (const name of [it.name, ...Object.values(it.name_localizations ?? {})])
      if (!slashName.nullish().safeParse(name).success) say(['name'], 'Command name is invalid');
    if (it.description === '') say(['description'], 'This field is required');
    orderIssues(it.options, ['options'], say);
    if (weight(it) > 8000) say([], 'Command exceeds maximum size (8000)');
  });
export type Command = z.output<typeof command> & { id: string; guildId?: string };
export type Option = z.output<typeof option>;

interface Nested {
  type: number;
  name: string;
  description: string;
  required: boolean;
  choices?: z.output<typeof choice>[] | undefined;
  autocomplete?: boolean | undefined;
  file_types?: string[] | undefined;
  options?: Nested[] | undefined;
}

/** Required options first, names unique, choices and subcommands only where they belong. */
function orderIssues(
  options: Nested[],
  path: (string | number)[],
  say: (path: (string | number)[], message: string) => void,
): void {
  const names = options.map(({ name }) => name);
  if (new Set(names).size < names.length) say(path, 'Application command option names must be unique');
  let isOptional = false;
  options.forEach((it, at) => {
    const here = [...path, at];
    const isSub = it.type === O.Subcommand || it.type === O.SubcommandGroup;
    if (it.required && isOptional) say(here, 'Required options must be placed before non-required options');
    isOptional ||= !it.required;
    if (isSub && options.some(({ type }) => type !== O.Subcommand && type !== O.SubcommandGroup))
      say(here, 'Sub-command and sub-command group option types are mutually exclusive to all other types');
    if (it.choices && ![O.String, O.Integer, O.Number].includes(it.type)) say(here, 'No choices for this type');
    if (it.file_types && it.type !== O.Attachment) say(here, 'No file types for this type');
    if (it.autocomplete && ![O.String, O.Integer, O.Number].includes(it.type))
      say(here, 'No autocomplete for this type');
    if (it.choices && it.autocomplete) say(here, 'Choices and autocomplete exclude each other');
    for (const { value } of it.choices ?? [])
      if ((it.type === O.String) !== (typeof value === 'string')) say(here, 'A choice has the wrong type');
    if (it.options && !isSub) say(here, 'No options for this type');
    if (it.options) orderIssues(it.options, [...here, 'options'], say);
  });
}

/** What counts against 8000: names, descriptions and values; of localised ones the longest. */
function weight(it: z.output<typeof command> | Option | z.output<typeof sub> | z.output<typeof leaf>): number {
  const longest = (text: string, others: Partial<Record<string, unknown>> | null | undefined) =>
    Math.max(text.length, ...Object.values(others ?? {}).map((other) => String(other ?? '').length));
  const choices: z.output<typeof choice>[] = ('choices' in it ? it.choices : undefined) ?? [];
  const inner = ('options' in it ? it.options : undefined) ?? [];
  return [
    longest(it.name, it.name_localizations) + longest(it.description, it.description_localizations),
    ...choices.map((one) => longest(one.name, one.name_localizations) + String(one.value).length),
    ...inner.map(weight),
  ].reduce((sum, part) => sum + part, 0);
}

/** Commands by bulk overwrite, checked as Discord does. */
export function createCommands({ world }: { world: World }) {
  /** By guild id, global ones under ''. */
  const sets = new Map<string, Command[]>();
  let puts = 0;

  function put({ params, body }: Asked) {
    owned(params);
    puts += 1;
    const place = params.guild ?? '';
    const read = parse(z.array(command), body);
    for (const type of [1, 2, 3]) {
      const names = read.filter((it) => it.type === type).map(({ name }) => name);
      if (names.length > (type === 1 ? 100 : 15))
        throw refuse(50035, { _errors: [{ code: 'MAX', message: 'Maximum number of application commands reached' }] });
      if (new Set(names).size < names.length)
        throw invalid('name', 'Application command names must be unique', 'APPLICATION_COMMANDS_DUPLICATE_NAME');
    }
    const before = sets.get(place) ?? [];
    const same = (it: z.output<typeof command>) =>
      before.find(({ name, type }) => name === it.name && type === it.type);
    sets.set(
      place,
      read.map((it) => ({
        ...it,
        id: same(it)?.id ?? world.nextId(),
        ...(params.guild === undefined ? {} : { guildId: params.guild }),
      })),
    );
    world.touch();
    return list(params.guild);
  }

  function owned({ application, guild }: Record<string, string>): void {
    if (application !== world.applicationId) throw refuse(10002);
    if (guild !== undefined && !world.guilds.get(guild)?.botIsIn) throw refuse(50001);
  }

  const list = (guild: string | undefined) =>
    (sets.get(guild ?? '') ?? []).map(({ guildId, ...it }) => ({
      ...{
        ...it,
        ...(it.options.length > 0 ? {} : { options: undefined }),
        application_id: world.applicationId,
        version: it.id,
        nsfw: it.nsfw ?? false,
      },
      default_member_permissions: it.default_member_permissions ?? null,
      dm_permission: true,
      contexts: it.contexts ?? null,
      integration_types: it.integration_types ?? [0],
      ...(guildId === undefined ? {} : { guild_id: guildId }),
    }));

  const get = ({ params, query }: Asked) => {
    owned(params);
    if (query.get('with_localizations') === 'true') return list(params.guild);
    return list(params.guild).map(({ name_localizations, description_localizations, ...it }) => it);
  };

  const paths = ['/applications/:application/commands', '/applications/:application/guilds/:guild/commands'] as const;
  const routes: Route[] = [
    { name: 'putCommands', method: 'PUT', path: paths[0], handle: put },
    { name: 'getCommands', method: 'GET', path: paths[0], handle: get },
    { name: 'putGuildCommands', method: 'PUT', path: paths[1], handle: put },
    { name: 'getGuildCommands', method: 'GET', path: paths[1], handle: get },
  ];
  return {
    routes,
    /** Requests that wrote commands, refused ones too. */
    puts: () => puts,
    /** A command that a person can use in this guild (or in a direct message); a guild's own first. */
    find: (name: string, type: ApplicationCommandType, guildId: string | undefined): Command | undefined =>
      [...(guildId === undefined ? [] : (sets.get(guildId) ?? [])), ...(sets.get('') ?? [])].find(
        (it) => it.name === name && it.type === type,
      ),
    /** Names of a server's own commands, or of the global ones. */
    namesIn: (guildId: string | undefined): string[] => (sets.get(guildId ?? '') ?? []).map(({ name }) => name),
    names: (): string[] => [...sets.values()].flat().map(({ name }) => name),
  };
}

export type Commands = ReturnType<typeof createCommands>;
