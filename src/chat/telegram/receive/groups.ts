import type { Chat, ChatMember } from 'grammy/types';
import type { OfBot } from '../places.ts';
import type { ReceiveDeps } from './deps.ts';

/** Between two groups that are asked about. */
const PAUSE_MS = 1_000;

export const isIn = ({ status }: Pick<ChatMember, 'status'>): boolean => status !== 'left' && status !== 'kicked';

/** The bot came into a group, or is not there any more: its settings are kept for a while then. */
export async function markGroup(
  { chat, now }: { chat: Pick<Chat, 'id'>; now: ChatMember },
  { platform, store }: OfBot & Pick<ReceiveDeps, 'store'>,
): Promise<void> {
  const scope = { platform, chat: String(chat.id) };
  if (isIn(now)) await store.chatSettings.enter(scope);
  else await store.chatSettings.leave(scope, store.now());
}

/**
 * Asks once where the bot still is, of groups where something is set: what happened while nothing listened for longer than
 * a day Telegram does not tell. Where it does not answer all stays as it was.
 */
export async function lookAtGroups(
  me: number,
  { platform, tg, store, clock, ending }: Pick<ReceiveDeps, 'platform' | 'tg' | 'store' | 'clock' | 'ending'>,
): Promise<void> {
  const scopeOf = (chat: string) => ({ platform, chat });
  for await (const scopes of store.chatSettings.scopes(platform))
    for (const { chat } of scopes) {
      if (!chat.startsWith('-')) continue;
      if (ending.aborted) return;
      const said = await tg.call((api, signal) => api.getChatMember(chat, me, signal));
      if (said.outcome === 'done')
        await markGroup({ chat: { id: Number(chat) }, now: said.result }, { platform, store });
      else if (said.failure.type === 'moved') await store.chatSettings.move(scopeOf(chat), scopeOf(said.failure.to));
      else if (said.failure.type === 'shut') await store.chatSettings.leave(scopeOf(chat), store.now());
      await clock.sleep(PAUSE_MS, ending);
    }
}
