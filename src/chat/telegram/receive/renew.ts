import type { CallbackQuery } from 'grammy/types';
import { type ButtonData, renumbered } from '../buttons.ts';
import type { Poster } from '../send/post.ts';
import type { Answers } from './answers.ts';

/** Buttons whose numbers are remembered: those of the presses that may be under way. */
const MAX_REMEMBERED = 10_000;

/** The numbers of buttons. */
export interface Renewals {
  /** Gives the button of a press a new number, so that the next press is another one. */
  renew(query: CallbackQuery, pressed: ButtonData): Promise<void>;
  /** Its number could not be renewed after an earlier press: this one is another one all the same. */
  hasFailed(query: CallbackQuery, pressed: ButtonData): boolean;
}

export function createRenewals({ poster, answers }: { poster: Poster; answers: Answers }): Renewals {
  /**
   * Numbers by message and button. Telegram lets no bot read a message: a press brings it along as it was then, which may
   * be before the number of another of its buttons was renewed.
   */
  const numbers = new Map<string, number>();
  const failed = new Set<string>();
  const keyOf = ({ message }: CallbackQuery, { action, taskId }: ButtonData) =>
    `${message?.chat.id}:${message?.message_id}:${action}:${taskId}`;

  function remember(key: string, n: number): void {
    const highest = Math.max(n, numbers.get(key) ?? 0);
    numbers.delete(key);
    numbers.set(key, highest);
    const [oldest] = numbers.keys();
    if (numbers.size > MAX_REMEMBERED && oldest !== undefined) numbers.delete(oldest);
  }

  async function renew(query: CallbackQuery, pressed: ButtonData): Promise<void> {
    const { message: shown } = query;
    const markup = shown && 'reply_markup' in shown ? shown.reply_markup : undefined;
    if (!shown || !markup) return;
    const { chat, message_id: message } = shown;
    const numberOf = (button: ButtonData) => Math.max(button.n, numbers.get(keyOf(query, button)) ?? 0);
    const key = keyOf(query, pressed);
    remember(key, pressed.n + 1);
    const how = { priority: 'answer', key: `renew:${pressed.taskId}:${pressed.action}` } as const;
    // In a busy group its turn may come late; until then another press counts as the same.
    const isDone = await answers.patiently(async () => {
      const said = await poster.throttled(String(chat.id), how, (api, signal) =>
        api.editMessageReplyMarkup(chat.id, message, { reply_markup: renumbered(markup, numberOf) }, signal),
      );
      // From now on, until it is done.
      if (said.outcome === 'failed' && failed.size < MAX_REMEMBERED) failed.add(key);
      return said;
    });
    if (isDone) failed.delete(key);
  }

  return { renew, hasFailed: (query, pressed) => failed.has(keyOf(query, pressed)) };
}
