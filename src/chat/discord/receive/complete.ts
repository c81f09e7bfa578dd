import type { AutocompleteInteraction } from 'discord.js';
import { clipsToShow } from '../../../../commands/show.ts';
import { settleWithin } from '../../../util/settle-within.ts';
import { describeClip } from './clip-lines.ts';
import type { RequestDeps } from './deps.ts';
import { originOf } from './origin.ts';

const MAX_CHOICES = 25;
const MAX_NAME = 100;
/** Discord waits for three seconds; without an answer the person types on. */
const ANSWER_MS = 2_000;

/** Offers clips while a person types which. Nothing rests on it: what is sent in the end is looked at anew. */
export async function onComplete(interaction: AutocompleteInteraction, deps: RequestDeps): Promise<void> {
  const { commandName, locale } = interaction;
  const { name, value } = interaction.options.getFocused(true);
  const command = deps.commands.find((each) => each.name === commandName);
  const isOfClips = command?.options.some((option) => option.name === name && option.type === 'clip');
  const origin = originOf(interaction);
  const words = value.trim() === '' ? undefined : value;
  const looking = isOfClips && origin ? clipsToShow(origin, { words, limit: MAX_CHOICES }, deps.store) : undefined;
  const found = looking && (await settleWithin(looking, ANSWER_MS, deps.clock));
  const now = deps.store.now();
  const choices = (found?.value ?? []).map((task) => ({
    name: describeClip(task, { now, locale, most: MAX_NAME }),
    value: task.id,
  }));
  // Another process may have answered, or the person has typed on.
  await interaction.respond(choices).catch(() => {});
}
