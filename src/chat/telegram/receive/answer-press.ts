import type { CallbackQuery } from 'grammy/types';
import { shortened } from '../../kit/text.ts';
import type { ReceiveDeps } from './deps.ts';

/** The length of an answer to a press; https://core.telegram.org/bots/api#answercallbackquery */
const MAX_ANSWER = 200;

/** Answers the press, which Telegram waits for. */
export function answerPress(
  query: CallbackQuery,
  text: string,
  isAlert: boolean,
  { tg, answers }: Pick<ReceiveDeps, 'tg' | 'answers'>,
): Promise<void> {
  return answers.later(async () => {
    const how = { text: shortened(text, MAX_ANSWER), show_alert: isAlert };
    const call = () => tg.call((api, signal) => api.answerCallbackQuery(query.id, how, signal));
    const said = await call();
    // A press that waited too long cannot be answered any more; what it asked for is done. Where the connection broke,
    // its button goes on waiting without an answer; answered twice it shows the answer once.
    const isBroken = said.outcome === 'failed' && ['unreached', 'unknown'].includes(said.failure.type);
    if (isBroken) await call();
  });
}
