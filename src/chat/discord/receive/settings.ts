import type {
  ButtonInteraction,
  ChannelSelectMenuInteraction,
  ModalSubmitInteraction,
  RoleSelectMenuInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import { changeSetting, openSettings } from '../../../../commands/settings/settings.ts';
import { readSetting } from '../ids.ts';
import { answerWith } from './answers.ts';
import type { RequestDeps } from './deps.ts';
import { originOf } from './origin.ts';
import { NUMBER_FIELD } from './show-settings.ts';

type SettingInteraction =
  | ButtonInteraction
  | StringSelectMenuInteraction
  | RoleSelectMenuInteraction
  | ChannelSelectMenuInteraction
  | ModalSubmitInteraction;

/** Something was chosen or filled in under a chat's settings. False where this is something else. */
export async function onSetting(interaction: SettingInteraction, deps: RequestDeps): Promise<boolean> {
  const pressed = readSetting(interaction.customId);
  const origin = pressed && originOf(interaction);
  if (!origin) return false;
  const { step, name } = pressed;
  const isChange = step === 'value' || step === 'usual';
  const given = step === 'value' ? givenIn(interaction) : undefined;
  const work = () => (isChange ? changeSetting({ origin, name, given }, deps) : openSettings(origin, deps));
  await answerWith(interaction, work, deps);
  return true;
}

/** Of roles and channels those that Discord knows in this server: which were chosen may be forged. */
function givenIn(interaction: SettingInteraction): string | readonly string[] | undefined {
  if (interaction.isModalSubmit()) return interaction.fields.getTextInputValue(NUMBER_FIELD);
  if (interaction.isRoleSelectMenu()) return [...interaction.roles.keys()];
  if (interaction.isChannelSelectMenu()) return [...interaction.channels.keys()];
  return interaction.isStringSelectMenu() ? interaction.values[0] : undefined;
}
