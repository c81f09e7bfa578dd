import type { Task } from '../../../task/task.ts';
import type { TelegramTarget } from '../places.ts';
import { whileActing } from './chat-action.ts';
import type { SendDeps } from './post.ts';

/** A word that is there sooner needs no sign before it. */
const SOON_MS = 400;

/**
 * Shows that a request was heard while its first word has to wait: an action over the chat, and a reaction, which stays. They
 * cost nothing of the budget and may fail unheard.
 */
export async function whileSilent<T>(
  { tg, clock }: Pick<SendDeps, 'tg' | 'clock'>,
  { task, target: { chat, thread } }: { task: Task; target: TelegramTarget },
  work: () => Promise<T>,
): Promise<T> {
  const spoken = new AbortController();
  const working = work().finally(() => spoken.abort());
  await clock.sleep(SOON_MS, spoken.signal);
  if (spoken.signal.aborted) return working;
  showHeard({ tg }, { task, target: { chat } });
  return whileActing({ tg, chat, thread, action: 'record_video' }, () => working);
}

/** Shows by a reaction to a request that it was heard: it can be repeated at will. */
export function showHeard(
  { tg }: Pick<SendDeps, 'tg'>,
  { task, target: { chat } }: { task: Task; target: TelegramTarget },
): void {
  const request = requestOf(task, chat);
  if (request !== undefined)
    void tg.call((api, signal) => api.setMessageReaction(chat, request, [{ type: 'emoji', emoji: '👀' }], {}, signal));
}

/** The person's own message, where the task came of one. */
function requestOf({ requestKey }: Task, chat: string): number | undefined {
  const [, where, message] = /^telegram:(-?\d+):(\d+)$/.exec(requestKey) ?? [];
  return where === chat ? Number(message) : undefined;
}
