import type { Interaction } from 'discord.js';
import { messagesFor } from '../../../messages/messages.ts';
import { StoreUnavailable } from '../../../store/store.ts';
import { type Answerable, tell } from './acknowledge.ts';
import { type ButtonDeps, onButton, onEdited, onStop } from './buttons.ts';
import { onMenu, onPick, onScene } from './menu.ts';
import { onSlash } from './slash.ts';

/** What people do is heard to the end for so many at once; beyond, they are asked to come back. */
const MAX_UNDER_WAY = 1_000;

/** Turns what people do on Discord into commands. Never throws. */
export function createInteractions(deps: ButtonDeps): (interaction: Interaction) => Promise<void> {
  let underWay = 0;

  async function handle(interaction: Interaction): Promise<void> {
    if (interaction.isChatInputCommand()) return onSlash(interaction, deps);
    if (interaction.isMessageContextMenuCommand()) return onMenu(interaction, deps);
    if (interaction.isButton()) return onButton(interaction, deps);
    if (interaction.isStringSelectMenu())
      return void ((await onPick(interaction, deps)) || (await onStop(interaction, deps)));
    if (interaction.isModalSubmit())
      return void ((await onScene(interaction, deps)) || (await onEdited(interaction, deps)));
  }

  return async (interaction) => {
    const words = messagesFor(interaction.locale).discord;
    if (underWay >= MAX_UNDER_WAY) return void (await sorry(interaction, words.tooMany, deps));
    underWay++;
    try {
      await handle(interaction);
    } catch (error) {
      const isRecord = error instanceof StoreUnavailable;
      deps.log.error(isRecord ? { why: error.message } : { err: error }, 'an interaction came to nothing');
      await sorry(interaction, isRecord ? words.recordDown : words.broken, deps);
    } finally {
      underWay--;
    }
  };
}

async function sorry(interaction: Interaction, text: string, deps: ButtonDeps): Promise<void> {
  if (interaction.isRepliable() && !interaction.replied && isAnswerable(interaction))
    await tell(interaction, text, deps);
}

const isAnswerable = (interaction: Interaction): interaction is Interaction & Answerable =>
  interaction.isChatInputCommand() ||
  interaction.isMessageContextMenuCommand() ||
  interaction.isButton() ||
  interaction.isStringSelectMenu() ||
  interaction.isModalSubmit();
