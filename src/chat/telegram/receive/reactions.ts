import type { MessageReactionUpdated, ReactionType } from 'grammy/types';
import { setStar } from '../../../../commands/star.ts';
import { onceDelivered } from '../../kit/once-delivered.ts';
import { freshNumber } from '../buttons.ts';
import { personOf } from '../places.ts';
import type { ReceiveDeps } from './deps.ts';
import { frontKeyboard, relabelled } from './show-menu.ts';

/** Reactions that are a star: there is no star among those that all can give (https://core.telegram.org/bots/api#reactiontypeemoji). */
const LIKE_STARS: readonly string[] = ['❤', '❤‍🔥', '🔥'];

/**
 * Takes a reaction to a clip as a star. Telegram tells of reactions in private chats, and in groups where the bot is an
 * administrator. Who reacts as a chat is nobody.
 */
export async function takeReaction(
  { chat, message_id: message, user, old_reaction: before, new_reaction: now }: MessageReactionUpdated,
  deps: ReceiveDeps,
): Promise<void> {
  const isOn = now.some(isLikeStar);
  if (!user || isOn === before.some(isLikeStar)) return;
  const at = { chat: String(chat.id), message };
  const found = await deps.clipAt(at);
  const task = found?.state === 'delivered' ? found : found && (await onceDelivered(found.id, deps));
  const starred = task && (await setStar({ task, requester: personOf(user), isOn }, deps));
  if (!task || !starred) return;
  deps.wake();
  // No reaction brings the buttons along: they are drawn anew where nobody pressed one lately.
  const front = await frontKeyboard(task, deps);
  const shown = front(freshNumber(deps.store.now()));
  await deps.keyboards.change(at, shown, (shown) => relabelled(shown, starred, deps.actions), { isUrgent: false });
}

const isLikeStar = (reaction: ReactionType): boolean =>
  reaction.type === 'emoji' && LIKE_STARS.includes(reaction.emoji.replace(/\ufe0f/g, ''));
