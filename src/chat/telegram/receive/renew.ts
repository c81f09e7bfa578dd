import type { CallbackQuery } from 'grammy/types';
import { type ButtonData, renumbered } from '../buttons.ts';
import type { Poster } from '../send/post.ts';
import type { Answers } from './answers.ts';

/** Buttons whose numbers are remembered: those of the presses that may be under way. */
const MAX_REMEMBERED = 10_000;

/** Gives the button of a press a new number, so that the next press is another one. */
export type Renew = (query: CallbackQuery, pressed: ButtonData) => Promise<void>;

export function createRenew({ poster, answers }: { poster: Poster; answers: Answers }): Renew {
  /**
   * Numbers by message and button. Telegram lets no bot read a message: a press brings it along as it was then, which may
   * be before the number of another of its buttons was renewed.
   */
  const numbers = new Map<string, number>();

  function remember(key: string, n: number): void {
    const highest = Math.max(n, numbers.get(key) ?? 0);
    numbers.delete(key);
    numbers.set(key, highest);
    const [oldest] = numbers.keys();
    if (numbers.size > MAX_REMEMBERED && oldest !== undefined) numbers.delete(oldest);
  }

  return async ({ message: shown }, pressed) => {
    const markup = shown && 'reply_markup' in shown ? shown.reply_markup : undefined;
    if (!shown || !markup) return;
    const { chat, message_id: message } = shown;
    const keyOf = ({ action, taskId }: ButtonData) => `${chat.id}:${message}:${action}:${taskId}`;
    const numberOf = (button: ButtonData) => Math.max(button.n, numbers.get(keyOf(button)) ?? 0);
    remember(keyOf(pressed), pressed.n + 1);
    const how = { priority: 'answer', key: `renew:${pressed.taskId}:${pressed.action}` } as const;
    // In a busy group its turn may come late; until then another press counts as the same.
    await answers.patiently(() =>
      poster.throttled(String(chat.id), how, (api, signal) =>
        api.editMessageReplyMarkup(chat.id, message, { reply_markup: renumbered(markup, numberOf) }, signal),
      ),
    );
  };
}
