import type { Chat, ChatMember } from 'grammy/types';
import { PLATFORM } from '../places.ts';
import type { ReceiveDeps } from './deps.ts';

/** Between two groups that are asked about. */
const PAUSE_MS = 1_000;

const scopeOf = (chat: string) => ({ platform: PLATFORM, chat });

export const isIn = ({ status }: Pick<ChatMember, 'status'>): boolean => status !== 'left' && status !== 'kicked';

/** The bot came into a group, or is not there any more: its settings are kept for a while then. */
export async function markGroup(
  { chat, now }: { chat: Pick<Chat, 'id'>; now: ChatMember },
  { store }: Pick<ReceiveDeps, 'store'>,
): Promise<void> {
  const scope = scopeOf(String(chat.id));
  if (isIn(now)) await store.chatSettings.enter(scope);
  else await store.chatSettings.leave(scope, store.now());
}

/**
 * Asks once where the bot still is, of groups where something is set: what happened while nothing listened for longer than
 * a day Telegram does not tell. Where it does not answer all stays as it was.
 */
export async function lookAtGroups(
  me: number,
  { tg, store, clock, ending }: Pick<ReceiveDeps, 'tg' | 'store' | 'clock' | 'ending'>,
): Promise<void> {
  for await (const scopes of store.chatSettings.scopes(PLATFORM))
    for (const { chat } of scopes) {
      if (!chat.startsWith('-')) continue;
      if (ending.aborted) return;
      const said = await tg.call((api, signal) => api.getChatMember(chat, me, signal));
      if (said.outcome === 'done') await markGroup({ chat: { id: Number(chat) }, now: said.result }, { store });
      else if (said.failure.type === 'moved') await store.chatSettings.move(scopeOf(chat), scopeOf(said.failure.to));
      else if (said.failure.type === 'shut') await store.chatSettings.leave(scopeOf(chat), store.now());
      await clock.sleep(PAUSE_MS, ending);
    }
}
