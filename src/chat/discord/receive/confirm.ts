import type { ButtonInteraction } from 'discord.js';
import { confirm } from '../../../../commands/confirm.ts';
import { readConfirm } from '../ids.ts';
import { answerWith } from './answers.ts';
import type { RequestDeps } from './deps.ts';
import { originOf } from './origin.ts';

/** A person means it. False where this is another button. */
export async function onConfirm(interaction: ButtonInteraction, deps: RequestDeps): Promise<boolean> {
  const question = readConfirm(interaction.customId);
  const origin = question === undefined ? undefined : originOf(interaction);
  if (question === undefined || !origin) return false;
  await answerWith(interaction, () => confirm({ origin, question }, deps), deps);
  return true;
}
