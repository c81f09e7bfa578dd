import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Locale,
  ApplicationCommandOptionType as Option,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import { type Messages, messagesFor } from '../../../messages/messages.ts';
import { DURATIONS_SECONDS, MAX_SEED, MOTION_RANGE } from '../../../task/options.ts';
import { fitSchema } from '../../../task/picture.ts';
import type { Api, DiscordResult } from '../api/rest.ts';

type Words = Messages['discord'];
type Named = { name: string; description: string };

export const DEFAULT_LOCALE = 'en';
/** Their names in the default locale are what an interaction carries. */
export const NAMES = {
  animate: messagesFor(DEFAULT_LOCALE).discord.commands.animate.name,
  menu: messagesFor(DEFAULT_LOCALE).discord.commands.menu,
  cancel: messagesFor(DEFAULT_LOCALE).discord.commands.cancel.name,
  help: messagesFor(DEFAULT_LOCALE).discord.commands.help.name,
};
const { image, scene, motion, duration, seed, fit } = messagesFor(DEFAULT_LOCALE).discord.commands.animate;
export const OPTIONS = {
  ...{ image: image.name, scene: scene.name, motion: motion.name },
  ...{ duration: duration.name, seed: seed.name, fit: fit.name },
};

/** The longest scene that a form takes; what the service takes is checked with the request. */
export const MAX_SCENE_INPUT = 1000;

/** A text in every locale that has words of its own. */
function everywhere(pick: (words: Words) => string): Partial<Record<Locale, string>> {
  const own = messagesFor(DEFAULT_LOCALE);
  const others = Object.values(Locale).filter((locale) => messagesFor(locale) !== own);
  return Object.fromEntries(others.map((locale) => [locale, pick(messagesFor(locale).discord)]));
}

function described(pick: (words: Words) => Named) {
  const { name, description } = pick(messagesFor(DEFAULT_LOCALE).discord);
  return {
    name,
    name_localizations: everywhere((words) => pick(words).name),
    description,
    description_localizations: everywhere((words) => pick(words).description),
  };
}

const choice = (value: string | number, pick: (words: Words) => string) => ({
  name: pick(messagesFor(DEFAULT_LOCALE).discord),
  name_localizations: everywhere(pick),
  value,
});

/** Of global commands only: a server's own are there and nowhere else. */
const GLOBAL = {
  integration_types: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
};

/** The bot's commands, as Discord takes them. */
export function commandsOf({ isGlobal }: { isGlobal: boolean }) {
  const where = isGlobal ? GLOBAL : {};
  const option = (type: Option, name: keyof typeof OPTIONS, more: object = {}) => ({
    type,
    ...described((words) => words.commands.animate[name]),
    ...more,
  });
  return [
    {
      type: ApplicationCommandType.ChatInput,
      ...described((words) => words.commands.animate),
      options: [
        option(Option.Attachment, 'image', { required: true }),
        option(Option.String, 'scene', { required: true, min_length: 1, max_length: MAX_SCENE_INPUT }),
        option(Option.Integer, 'motion', { min_value: MOTION_RANGE.min, max_value: MOTION_RANGE.max }),
        option(Option.Integer, 'duration', {
          choices: DURATIONS_SECONDS.map((s) => choice(s, (words) => words.commands.animate.seconds(s))),
        }),
        option(Option.Integer, 'seed', { min_value: 0, max_value: MAX_SEED }),
        option(Option.String, 'fit', {
          choices: fitSchema.options.map((fit) => choice(fit, (words) => words.commands.animate.fits[fit])),
        }),
      ],
      ...where,
    },
    {
      type: ApplicationCommandType.Message,
      name: NAMES.menu,
      name_localizations: everywhere((words) => words.commands.menu),
      ...where,
    },
    { type: ApplicationCommandType.ChatInput, ...described((words) => words.commands.cancel), ...where },
    { type: ApplicationCommandType.ChatInput, ...described((words) => words.commands.help), ...where },
  ];
}

/** Tells Discord the commands, unless it knows them so already. */
export async function registerCommands(
  api: Api,
  { applicationId, guildId }: { applicationId: string; guildId?: string | undefined },
): Promise<DiscordResult> {
  const path =
    guildId === undefined
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, guildId);
  const wanted = commandsOf({ isGlobal: guildId === undefined });
  const known = await api.call({ method: 'GET', path, query: { with_localizations: 'true' } });
  if (known.outcome !== 'done') return known;
  const there = z.array(z.looseObject({ name: z.string() })).parse(known.value);
  const isSame = there.length === wanted.length && wanted.every((one) => there.some((other) => covers(other, one)));
  return isSame ? known : api.call({ method: 'PUT', path, body: wanted });
}

/** Whether all that is wanted stands there; what Discord adds of its own does not count, nor does an empty part. */
function covers(there: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted))
    return Array.isArray(there) && there.length === wanted.length && wanted.every((one, at) => covers(there[at], one));
  if (typeof wanted !== 'object' || wanted === null) return there === wanted;
  const entries = Object.entries(wanted);
  if (entries.length === 0) return there === undefined || there === null || Object.keys(there).length === 0;
  return (
    typeof there === 'object' &&
    there !== null &&
    entries.every(([name, value]) => covers(Reflect.get(there, name), value))
  );
}
