import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import { againAction } from '../../../commands/again.ts';
import { continueAction } from '../../../commands/continue.ts';
import { editAction } from '../../../commands/edit.ts';
import { shareAction } from '../../../commands/share.ts';
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

/** On a telephone the labels of more are cut; in a menu they are longer. */
const MAX_IN_ROW = 3;
const MAX_IN_MENU_ROW = 2;
/** Of a scene, as the label of a button. */
const MAX_LABEL = 60;

export const writeButton = ({ action, taskId, n }: ButtonData): string => `${action}:${taskId}:${n}`;

/** Undefined where it is none of ours. */
export function readButton(data: string): ButtonData | undefined {
  const [, action, taskId, n] = /^([a-z-]{1,16}):([0-9a-f]{24}):(\d{1,9})$/.exec(data) ?? [];
  return action === undefined || taskId === undefined ? undefined : { action, taskId, n: Number(n) };
}

/**
 * A number that no button had before, after a restart either: seconds since 2024, which are nine digits until 2055.
 */
export const freshNumber = (nowMs: number): number => Math.floor((nowMs - START_MS) / 1000);
const START_MS = Date.UTC(2024, 0, 1);

/**
 * Buttons under what is shown of a task, in even rows; undefined for none. `share` stands in the place of the table's own
 * action, which asks for a place that no bot can offer on Telegram.
 */
export function keyboard(
  buttons: readonly Pick<Button, 'action' | 'label'>[],
  taskId: string,
  { n = 0, share, isMenu = false }: { n?: number; share?: InlineKeyboardButton; isMenu?: boolean } = {},
): InlineKeyboardMarkup | undefined {
  const all = buttons.flatMap(({ action, label }): InlineKeyboardButton[] => {
    if (action === shareAction.id) return share ? [share] : [];
    return [{ text: label, callback_data: writeButton({ action, taskId, n }) }];
  });
  if (all.length === 0) return undefined;
  const rows = Math.ceil(all.length / (isMenu ? MAX_IN_MENU_ROW : MAX_IN_ROW));
  const inRow = Math.ceil(all.length / rows);
  return { inline_keyboard: Array.from({ length: rows }, (_, row) => all.slice(row * inRow, (row + 1) * inRow)) };
}

/** Of buttons those that a place has: in a gallery nobody has clips made. */
export const offeredIn = <One extends Pick<Button, 'action'>>(
  { place }: Pick<Task, 'place'>,
  buttons: readonly One[],
  gallery: string | undefined,
): One[] => buttons.filter(({ action }) => place.chat !== gallery || !NOT_IN_GALLERIES.includes(action));
const NOT_IN_GALLERIES: readonly string[] = [againAction.id, editAction.id, continueAction.id];

/** **Share**, where people can: it takes one to a chat of theirs by inline mode. A covered clip stays here. */
export function shareButton({ id, locale, options }: Task, canShare: boolean): InlineKeyboardButton | undefined {
  if (!canShare || options.spoiler) return undefined;
  const chosen = { query: id, allow_user_chats: true, allow_group_chats: true, allow_channel_chats: true };
  return { text: messagesFor(locale).actions.share.label, switch_inline_query_chosen_chat: chosen };
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

/** The same buttons, those of them that are ours changed. */
export const changed = (
  shown: InlineKeyboardMarkup,
  change: (button: ButtonData & { text: string }) => { text?: string; n?: number },
): InlineKeyboardMarkup => ({
  inline_keyboard: shown.inline_keyboard.map((row) =>
    row.map((button) => {
      const data = readButton(dataOf(button) ?? '');
      if (!data) return button;
      const { text = button.text, n = data.n } = change({ ...data, text: button.text });
      return { text, callback_data: writeButton({ ...data, n }) };
    }),
  ),
});
