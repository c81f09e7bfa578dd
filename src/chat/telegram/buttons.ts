import type { InlineKeyboardMarkup } from 'grammy/types';
import { z } from 'zod';
import type { Messages } from '../../messages/messages.ts';
import type { Button } from '../chat.ts';

/** `send-again`: of a clip for which Telegram gave no number, so that nobody knows whether it came. */
export type Action = Button | 'send-again';

/**
 * What a button carries, at most 64 bytes: `<action>:<task>:<n>`, where `n` is renewed after use, so that pressing
 * twice does once and pressing later does it anew.
 */
export interface Pressed {
  action: Action;
  taskId: string;
  n: number;
}

const pressedSchema = z.object({
  action: z.enum(['cancel', 'again', 'edit', 'delete', 'retry', 'leave', 'send-again']),
  taskId: z.string().regex(/^[0-9a-f]{24}$/),
  n: z.coerce.number().int().min(0).max(1e9),
});

const dataOf = ({ action, taskId, n }: Pressed): string => `${action}:${taskId}:${n}`;

/** Reads a button's data; undefined where it is none of ours. */
export function readPressed(data: string): Pressed | undefined {
  const [action, taskId, n, ...more] = data.split(':');
  const read = pressedSchema.safeParse({ action, taskId, n });
  return read.success && more.length === 0 ? read.data : undefined;
}

/** A row of buttons; undefined for none. */
export function keyboard(
  actions: readonly Action[],
  taskId: string,
  words: Messages,
  n = 0,
): InlineKeyboardMarkup | undefined {
  if (actions.length === 0) return undefined;
  const names: Record<Action, string> = { ...words.buttons, 'send-again': words.telegram.sendAgain };
  return {
    inline_keyboard: [actions.map((action) => ({ text: names[action], callback_data: dataOf({ action, taskId, n }) }))],
  };
}

/** The same row, with the pressed button as new. */
export function renewed(shown: InlineKeyboardMarkup, pressed: Pressed): InlineKeyboardMarkup {
  const old = dataOf(pressed);
  return {
    inline_keyboard: shown.inline_keyboard.map((row) =>
      row.map((button) =>
        'callback_data' in button && button.callback_data === old
          ? { ...button, callback_data: dataOf({ ...pressed, n: pressed.n + 1 }) }
          : button,
      ),
    ),
  };
}
