import type { Task } from '../../../task/task.ts';
import type { Ledger } from '../../chat.ts';
import { readRequestKey, type TelegramTarget } from '../places.ts';
import { whileActing } from './chat-action.ts';
import type { SendDeps, TelegramPosted } from './post.ts';

/** A word that is there sooner needs no sign before it. */
const SOON_MS = 400;

/** On record where a reaction says that the request was seen. */
const SEEN = 'seen';

/**
 * Shows that a request was heard while its first word has to wait: an action over the chat, and a reaction, which goes when
 * the word stands. They cost nothing of the budget and may fail unheard.
 */
export async function whileSilent(
  { tg, clock }: Pick<SendDeps, 'tg' | 'clock'>,
  { task, target: { chat, thread }, ledger }: { task: Task; target: TelegramTarget; ledger: Ledger },
  work: () => Promise<TelegramPosted>,
): Promise<TelegramPosted> {
  const spoken = new AbortController();
  const working = work().finally(() => spoken.abort());
  await clock.sleep(SOON_MS, spoken.signal);
  const isSpoken = spoken.signal.aborted;
  const seen = isSpoken ? Promise.resolve(ledger.sent[SEEN] !== undefined) : look();
  const posted = await (isSpoken ? working : whileActing({ tg, chat, thread, action: 'record_video' }, () => working));
  if (posted.outcome === 'posted')
    void seen.then((isSeen) => (isSeen ? lookAway(tg, task, chat) : undefined)).catch(() => {});
  // Nobody knows whether the word came.
  else if (posted.outcome === 'unknown' && isSpoken) void look().catch(() => {});
  return posted;

  async function look(): Promise<boolean> {
    const request = requestOf(task, chat);
    if (request === undefined) return false;
    await tg.call((api, signal) => api.setMessageReaction(chat, request, [{ type: 'emoji', emoji: '👀' }], {}, signal));
    // Another process may say the first word.
    await ledger.record(SEEN, String(request));
    return true;
  }
}

/** Takes the reaction away where a clip came without a card before it. */
export async function endSign({ tg }: Pick<SendDeps, 'tg'>, task: Task, { sent }: Pick<Ledger, 'sent'>): Promise<void> {
  if (sent[SEEN] !== undefined && sent.card === undefined) await lookAway(tg, task, task.place.chat);
}

async function lookAway(tg: SendDeps['tg'], task: Task, chat: string): Promise<void> {
  const request = requestOf(task, chat);
  if (request !== undefined) await tg.call((api, signal) => api.setMessageReaction(chat, request, [], {}, signal));
}

/** The person's own message, where the task came of one. */
function requestOf({ requestKey }: Task, chat: string): number | undefined {
  const asked = readRequestKey(requestKey);
  return asked?.chat === chat ? asked.message : undefined;
}
