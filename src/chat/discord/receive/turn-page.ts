import type { ButtonInteraction } from 'discord.js';
import { turnPage } from '../../../../commands/gallery.ts';
import { readPage } from '../ids.ts';
import { answerWith } from './answers.ts';
import type { RequestDeps } from './deps.ts';
import { originOf } from './origin.ts';

/** A page of clips is turned. False where this is another button. */
export async function onTurn(interaction: ButtonInteraction, deps: RequestDeps): Promise<boolean> {
  const turned = readPage(interaction.customId);
  const origin = turned && originOf(interaction);
  if (!origin) return false;
  await answerWith(interaction, () => turnPage({ origin, ...turned }, deps), deps);
  return true;
}
