import type { ChatMemberUpdated, Update } from 'grammy/types';
import { StoreUnavailable } from '../../../store/store.ts';
import { createNamedSemaphores, createSemaphore } from '../../../util/semaphore.ts';
import { wakeWaiting } from '../../kit/wake-waiting.ts';
import type { ReceiveDeps } from './deps.ts';
import { isIn, markGroup } from './groups.ts';
import { sayHello } from './help.ts';
import { inChatLanguage } from './in-chat-language.ts';
import type { Me } from './incoming.ts';
import { answerInline } from './inline.ts';
import { askAhead, awaitedBy, takeMessage } from './messages.ts';
import { takePress } from './presses.ts';
import { takeReaction } from './reactions.ts';

/** The updates that Telegram is asked for. Channels are none of the bot's business. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'inline_query',
  'my_chat_member',
  // Only where it is asked for; in groups it comes where the bot is an administrator.
  'message_reaction',
] as const;

/**
 * Updates in hand: more than a batch of polling, and than what Telegram posts at once. It posts what takes too long once more,
 * so beyond that it is told to come later.
 */
const MAX_IN_HAND = 200;

/**
 * Hands updates to whom they concern: those of one chat in order, chats beside each other. Resolves when what has to be
 * on record is; rejects where it could not be, so that it must be told again.
 */
export function createTakeUpdate(deps: ReceiveDeps): (update: Update, me: Me) => Promise<void> {
  /** After those of the same chat that came before. */
  const inOrder = createNamedSemaphores<number>();
  const inHand = createSemaphore({ room: MAX_IN_HAND, maxWaiting: 0 });

  /** A group that becomes a supergroup has another id, and the same settings. */
  async function takeSaid(update: Update, me: Me): Promise<void> {
    // Asked at once, which a store may make one question of.
    const [spoken, awaited] = await Promise.all([
      inChatLanguage(update, deps),
      update.message && awaitedBy(update.message, deps),
      update.message && askAhead(update.message, me, deps),
    ]);
    const { message, edited_message: edited } = spoken;
    const said = message ?? edited;
    if (!said) return;
    const { chat, migrate_from_chat_id: before } = said;
    if (before === undefined) return takeMessage(said, { me, isEdited: edited !== undefined, awaited }, deps);
    const scope = (id: number) => ({ platform: deps.platform, chat: String(id) });
    await deps.store.chatSettings.move(scope(before), scope(chat.id));
  }

  async function route(told: Update, me: Me): Promise<void> {
    const said = told.message ?? told.edited_message;
    if (said) return inOrder(said.chat.id, () => takeSaid(told, me));
    const update = await inChatLanguage(told, deps);
    const { callback_query: press, inline_query: inline, my_chat_member: joined, message_reaction: reaction } = update;
    if (press) return inOrder(press.message?.chat.id ?? press.from.id, () => takePress(press, me, deps));
    if (inline) return deps.answers.later(() => answerInline(inline, deps));
    if (reaction) return inOrder(reaction.chat.id, () => takeReaction(reaction, deps));
    if (joined) return inOrder(joined.chat.id, () => welcomed(joined, me, deps));
  }

  async function taken(update: Update, me: Me): Promise<void> {
    try {
      await route(update, me);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      // A bug: telling it again would only meet it again, and hold up all others.
      deps.log.error({ err: error, update: update.update_id }, 'an update could not be understood');
    }
  }

  return (update, me) => inHand(() => taken(update, me));
}

/** The bot may write there (again): clips that wait for it are due. In a group it says what it is for. */
async function welcomed(joined: ChatMemberUpdated, me: Me, deps: ReceiveDeps): Promise<void> {
  const { chat, old_chat_member: before, new_chat_member: now } = joined;
  if (chat.type !== 'private') await markGroup({ chat, now }, deps);
  if (!isIn(now)) return;
  await wakeWaiting(deps.platform, { chat: String(chat.id) }, deps);
  if (!isIn(before) && (chat.type === 'group' || chat.type === 'supergroup')) await sayHello(joined, me, deps);
}
