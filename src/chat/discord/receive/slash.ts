import type { ChatInputCommandInteraction } from 'discord.js';
import type { Command, OptionInfo } from '../../../../commands/table.ts';
import { personOf } from '../ids.ts';
import { tell } from './acknowledge.ts';
import { lastIn, nameOf, takesPicture } from './commands.ts';
import type { RequestDeps } from './deps.ts';
import type { GivenOptions } from './forms.ts';
import { declaredFile, type FoundPicture } from './found-pictures.ts';
import { usable } from './menu.ts';
import { askForRest } from './open-requests.ts';
import { execute, refusal } from './requests.ts';

/** A slash command: the table says which, and what it takes. */
export async function onSlash(interaction: ChatInputCommandInteraction, deps: RequestDeps): Promise<void> {
  const command = deps.commands.find(({ name }) => name === interaction.commandName);
  if (!command) return;
  const given: GivenOptions = Object.fromEntries(
    command.options.map((option) => [option.name, givenFor(interaction, option)]),
  );
  const isComplete = command.options.every(({ name, required }) => !required || given[name] !== undefined);
  if (isComplete || !takesPicture(command)) return void (await execute(interaction, command, given, deps));
  const { pictures, refused } = await picturesOf(interaction, command, { given, deps });
  const why = refused ?? (await refusal(interaction, deps));
  if (why !== undefined) return void (await tell(interaction, why, deps));
  const rest = Object.entries(given).flatMap(([name, value]) =>
    value === undefined || typeof value === 'object' ? [] : [[name, value] as const],
  );
  await askForRest(interaction, command, { pictures, given: Object.fromEntries(rest) }, deps, { areMeant: true });
}

/** The pictures that were given, the first one first. */
async function picturesOf(
  interaction: ChatInputCommandInteraction,
  command: Command,
  { given, deps }: { given: GivenOptions; deps: RequestDeps },
): Promise<{ pictures: FoundPicture[]; refused?: string }> {
  const first = given[nameOf(command, 'picture')];
  const last = given[lastIn(command) ?? ''];
  if (typeof first !== 'object') {
    const { wrong } = command.words(interaction.locale).options[nameOf(command, 'picture')] ?? {};
    return { pictures: [], refused: last === undefined ? undefined : wrong };
  }
  const found = await usable([first], interaction, deps);
  if (found.refused !== undefined || typeof last !== 'object') return found;
  const { pictures, refused } = await usable([last], interaction, deps, 'last');
  return { pictures: [...found.pictures, ...pictures], refused };
}

function givenFor({ options }: ChatInputCommandInteraction, { name, type }: OptionInfo): GivenOptions[string] {
  switch (type) {
    case 'picture': {
      const file = options.getAttachment(name);
      return file ? { ref: file.url, declared: declaredFile(file) } : undefined;
    }
    case 'integer':
      return options.getInteger(name) ?? undefined;
    case 'person': {
      const user = options.getUser(name);
      return user ? personOf(user.id) : undefined;
    }
    case 'flag':
      return options.getBoolean(name) ?? undefined;
    default:
      return options.getString(name) ?? undefined;
  }
}
