import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import { messagesFor } from '../../messages/messages.ts';
import type { Task } from '../../task/task.ts';
import type { Button } from '../chat.ts';
import { choiceLabel } from '../kit/choice-label.ts';
import { shortened } from '../kit/text.ts';

/**
 * The data of a button, at most 64 bytes: `<action>:<task>:<n>`. Where each press makes something new, `n` is renewed
 * after use, so that pressing twice does once and pressing later does it anew. Clients may send data that no button has.
 */
export interface ButtonData {
  action: string;
  taskId: string;
  n: number;
}

/** On a telephone the labels of more are cut. */
const MAX_IN_ROW = 3;
/** Of a scene, as the label of a button. */
const MAX_LABEL = 60;

export const writeButton = ({ action, taskId, n }: ButtonData): string => `${action}:${taskId}:${n}`;

/** Undefined where it is none of ours. */
export function readButton(data: string): ButtonData | undefined {
  const [, action, taskId, n] = /^([a-z-]{1,16}):([0-9a-f]{24}):(\d{1,9})$/.exec(data) ?? [];
  return action === undefined || taskId === undefined ? undefined : { action, taskId, n: Number(n) };
}

/** Buttons under what is shown of a task, in even rows; undefined for none. */
export function keyboard(buttons: readonly Button[], taskId: string, n = 0): InlineKeyboardMarkup | undefined {
  if (buttons.length === 0) return undefined;
  const all = buttons.map(({ action, label }) => ({ text: label, callback_data: writeButton({ action, taskId, n }) }));
  const rows = Math.ceil(all.length / MAX_IN_ROW);
  const inRow = Math.ceil(all.length / rows);
  return { inline_keyboard: Array.from({ length: rows }, (_, row) => all.slice(row * inRow, (row + 1) * inRow)) };
}

/** A button more, where people can share clips: it takes one to a chat of theirs by inline mode. A covered clip stays here. */
export function withShare(
  shown: InlineKeyboardMarkup | undefined,
  { id, locale, options }: Task,
  canShare: boolean,
): InlineKeyboardMarkup | undefined {
  if (!canShare || options.spoiler) return shown;
  const chosen = { query: id, allow_user_chats: true, allow_group_chats: true, allow_channel_chats: true };
  const share = { text: messagesFor(locale).telegram.share, switch_inline_query_chosen_chat: chosen };
  return { inline_keyboard: [...(shown?.inline_keyboard ?? []), [share]] };
}

/** A row for each task that can be chosen: a press of it is a press of the action. */
export const choiceKeyboard = (action: string, tasks: readonly Task[], now: number): InlineKeyboardMarkup => ({
  inline_keyboard: tasks.map((task) => [
    {
      text: shortened(choiceLabel(task, now).replace(/\s+/g, ' '), MAX_LABEL),
      callback_data: writeButton({ action, taskId: task.id, n: 0 }),
    },
  ]),
});

/** Undefined where it is one of another kind. */
export const dataOf = (button: InlineKeyboardButton): string | undefined =>
  'callback_data' in button ? button.callback_data : undefined;

/** Whether a button of the message carries this: data that a client sends need not be one's. */
export const hasButton = ({ inline_keyboard: rows }: InlineKeyboardMarkup, data: ButtonData): boolean =>
  rows.flat().some((button) => dataOf(button) === writeButton(data));

/** The one task that a message of ours shows, by its buttons. */
export function taskUnder(shown: InlineKeyboardMarkup | undefined): string | undefined {
  const buttons = shown?.inline_keyboard.flat() ?? [];
  const tasks = new Set(buttons.flatMap((button) => readButton(dataOf(button) ?? '')?.taskId ?? []));
  return tasks.size === 1 ? [...tasks][0] : undefined;
}

/** The same buttons with other numbers. */
export const renumbered = (
  shown: InlineKeyboardMarkup,
  numberOf: (button: ButtonData) => number,
): InlineKeyboardMarkup => ({
  inline_keyboard: shown.inline_keyboard.map((row) =>
    row.map((button) => {
      const data = readButton(dataOf(button) ?? '');
      return data ? { ...button, callback_data: writeButton({ ...data, n: numberOf(data) }) } : button;
    }),
  ),
});
