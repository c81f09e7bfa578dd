import type { ChatInputCommandInteraction, Interaction } from 'discord.js';
import { messagesFor } from '../../../messages/messages.ts';
import { StoreUnavailable } from '../../../store/store.ts';
import { createSemaphore, NoRoom } from '../../../util/semaphore.ts';
import { tell } from './acknowledge.ts';
import { askAhead } from './ask-ahead.ts';
import { onComplete } from './complete.ts';
import { onConfirm } from './confirm.ts';
import type { RequestDeps } from './deps.ts';
import { speakChatLanguage } from './in-chat-language.ts';
import { onMenu } from './menu.ts';
import { onPick, onRequestForm } from './open-requests.ts';
import { onWordsButton, onWordsForm } from './other-words.ts';
import { onAnswer, onButton, onChoice } from './presses.ts';
import { onSetting } from './settings.ts';
import { onSlash } from './slash.ts';
import { onTurn } from './turn-page.ts';
import { onWhere } from './where.ts';

/** So many interactions go on at once; beyond, people are asked to come back. */
const MAX_UNDER_WAY = 1_000;
/** So many of those at once; the rest hear nothing but Discord's own word. */
const MAX_REFUSED = 500;

/** Turns what people do on Discord into commands. Never throws. */
export function createInteractions(deps: RequestDeps): (interaction: Interaction) => Promise<void> {
  const underWay = createSemaphore({ room: MAX_UNDER_WAY, maxWaiting: 0 });
  const refusing = createSemaphore({ room: MAX_REFUSED, maxWaiting: 0 });

  async function handle(interaction: Interaction): Promise<void> {
    const speaking = speakChatLanguage(interaction, deps);
    if (interaction.isChatInputCommand() && hasPicture(interaction)) askAhead(interaction, deps);
    await speaking;
    if (interaction.isAutocomplete()) return onComplete(interaction, deps);
    if (interaction.isChatInputCommand()) return onSlash(interaction, deps);
    if (interaction.isMessageContextMenuCommand()) return onMenu(interaction, deps);
    if (interaction.isButton())
      return void (
        (await onPick(interaction, deps)) ||
        (await onTurn(interaction, deps)) ||
        (await onConfirm(interaction, deps)) ||
        (await onSetting(interaction, deps)) ||
        (await onWordsButton(interaction, deps)) ||
        (await onButton(interaction, deps))
      );
    if (interaction.isRoleSelectMenu()) return void (await onSetting(interaction, deps));
    if (interaction.isChannelSelectMenu())
      return void ((await onSetting(interaction, deps)) || (await onWhere(interaction, deps)));
    if (interaction.isStringSelectMenu())
      return void (
        (await onPick(interaction, deps)) ||
        (await onSetting(interaction, deps)) ||
        (await onChoice(interaction, deps))
      );
    if (interaction.isModalSubmit())
      return void (
        (await onRequestForm(interaction, deps)) ||
        (await onWordsForm(interaction, deps)) ||
        (await onSetting(interaction, deps)) ||
        (await onAnswer(interaction, deps))
      );
  }

  return async (interaction) => {
    try {
      await underWay(() => handle(interaction));
    } catch (error) {
      const words = messagesFor(interaction.locale).discord;
      if (error instanceof NoRoom)
        return void (await refusing(() => sorry(interaction, words.tooMany, deps)).catch(ifNoRoom));
      const isRecord = error instanceof StoreUnavailable;
      deps.log.error(isRecord ? { why: error.message } : { err: error }, 'an interaction came to nothing');
      await sorry(interaction, isRecord ? words.recordDown : words.broken, deps);
    }
  };
}

function ifNoRoom(error: unknown): void {
  if (!(error instanceof NoRoom)) throw error;
}

const hasPicture = ({ options: { data } }: ChatInputCommandInteraction): boolean =>
  data.some(({ attachment }) => attachment !== undefined);

async function sorry(interaction: Interaction, text: string, deps: RequestDeps): Promise<void> {
  if (interaction.isRepliable() && !interaction.replied) await tell(interaction, text, deps);
}
