import type { CallbackQuery } from 'grammy/types';
import { shortened } from '../../kit/text.ts';
import { idempotent } from '../api/idempotent.ts';
import type { ReceiveDeps } from './deps.ts';

/** The length of an answer to a press; https://core.telegram.org/bots/api#answercallbackquery */
const MAX_ANSWER = 200;

/** Answers the press, which Telegram waits for. */
export function answerPress(
  query: CallbackQuery,
  text: string,
  isAlert: boolean,
  { tg, answers, clock, ending: signal }: Pick<ReceiveDeps, 'tg' | 'answers' | 'clock' | 'ending'>,
  /** Opened for the person: only those that begin a chat with the bot. */
  url?: string,
): Promise<void> {
  return answers.later(async () => {
    const how = { text: shortened(text, MAX_ANSWER), show_alert: isAlert, url };
    const call = () => tg.call((api, abort) => api.answerCallbackQuery(query.id, how, abort));
    // A press that waited too long cannot be answered any more; what it asked for is done. Where a call failed its button
    // goes on waiting without an answer; answered twice it shows the answer once.
    await idempotent(call, { clock, signal });
  });
}
