import type { ChatInputCommandInteraction } from 'discord.js';
import type { OptionInfo } from '../../../../commands/table.ts';
import { declaredFile } from './found-pictures.ts';
import { execute, type GivenOptions, type RequestDeps } from './requests.ts';

/** A slash command: the table says which, and what it takes. */
export async function onSlash(interaction: ChatInputCommandInteraction, deps: RequestDeps): Promise<void> {
  const command = deps.commands.find(({ name }) => name === interaction.commandName);
  if (!command) return;
  const given: GivenOptions = Object.fromEntries(
    command.options.map((option) => [option.name, givenFor(interaction, option)]),
  );
  await execute(interaction, command, given, deps);
}

function givenFor({ options }: ChatInputCommandInteraction, { name, type }: OptionInfo): GivenOptions[string] {
  switch (type) {
    case 'picture': {
      const file = options.getAttachment(name);
      return file ? { ref: file.url, declared: declaredFile(file) } : undefined;
    }
    case 'integer':
      return options.getInteger(name) ?? undefined;
    case 'flag':
      return options.getBoolean(name) ?? undefined;
    default:
      return options.getString(name) ?? undefined;
  }
}
