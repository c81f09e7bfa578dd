import type { InlineKeyboardMarkup } from 'grammy/types';
import { defineAction } from '../../../../commands/action.ts';
import { frontOf } from '../../../../commands/more.ts';
import type { Reply } from '../../../../commands/reply.ts';
import type { Action } from '../../../../commands/table.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Task } from '../../../task/task.ts';
import { buttonsFrom, buttonsOf } from '../../kit/card-view.ts';
import { changed, keyboard, offeredIn, shareButton } from '../buttons.ts';
import { personIdOf } from '../places.ts';
import { plain } from '../texts.ts';
import type { ReceiveDeps } from './deps.ts';
import type { Heard } from './heard.ts';

type MenuReply = Extract<Reply, { type: 'menu' }>;

/** **Back**, in a menu: the clip's own buttons stand there again. Telegram's own action, beside the table's. */
export const backAction: Action = defineAction({
  id: 'back',
  words: (locale) => ({ label: messagesFor(locale).telegram.back }),
  style: 'plain',
  who: 'here',
  isOffered: () => false,
  async run({ origin: { locale }, task }, { actions }) {
    const { text } = messagesFor(locale).actions.more;
    return { type: 'menu', text, task, actions: frontOf(task, actions).map(({ id }) => id) };
  },
});

/** The buttons under a task's clip, drawn anew: with a number that none had before. */
export async function frontKeyboard(
  task: Task,
  { actions, canShare, gallery }: Pick<ReceiveDeps, 'actions' | 'canShare' | 'gallery'>,
): Promise<(n: number) => InlineKeyboardMarkup> {
  const share = shareButton(task, await canShare());
  return (n) =>
    keyboard(offeredIn(task, buttonsOf(task, actions), gallery), task.id, { n, share }) ?? { inline_keyboard: [] };
}

/**
 * Shows what more there is to press: in the place of the clip's buttons where they all are the clip's, else beside what the
 * reply says, for the person alone.
 */
export async function showMenu(
  { task, text, actions: ids }: MenuReply,
  heard: Heard,
  deps: ReceiveDeps,
): Promise<void> {
  const { locale, requester } = heard.origin;
  // The clip stands there a moment before it is on record that it does; nothing may be drawn of that.
  if (ids.length === 0) return heard.say(messagesFor(heard.origin.locale).telegram.pressAgain);
  const chosen = ids.flatMap((id) => deps.actions.find((action) => action.id === id) ?? []);
  const isOfClip = chosen.every((action) => action.isOffered(task));
  await heard.acknowledge('');
  if (isOfClip && heard.redraw) {
    const front = await frontKeyboard(task, deps);
    const isFront = chosen.every((action) => !action.isInMenu?.(task));
    const menu = buttonsFrom([...chosen, backAction], task);
    return heard.redraw((now, n) => (isFront ? front(n) : (keyboard(menu, task.id, { n, isMenu: true }) ?? now)));
  }
  const line = { ...plain(text), keyboard: keyboard(buttonsFrom(chosen, task, locale), task.id, { isMenu: true }) };
  return deps.answers.whisper(heard.target, line, personIdOf(requester.id));
}

/** What was chosen in a menu is done: the clip's own buttons stand there again. What only tells something leaves it open. */
export async function closeMenu(reply: Reply, task: Task, { redraw }: Heard, deps: ReceiveDeps): Promise<void> {
  if (!redraw || !['taken', 'done', 'clips', 'menu'].includes(reply.type)) return;
  const front = await frontKeyboard(task, deps);
  await redraw((_now, n) => front(n));
}

/** The task is another now: the labels that tell of it, under the message that was pressed. All numbers stay. */
export async function showChanged(
  { task, text }: Extract<Reply, { type: 'changed' }>,
  { redraw, say }: Heard,
  { actions, wake }: Pick<ReceiveDeps, 'actions' | 'wake'>,
): Promise<void> {
  wake();
  await say(text);
  await redraw?.((now) => relabelled(now, task, actions), { isUrgent: false });
}

/** The same buttons with what their labels say of the task now. */
export const relabelled = (shown: InlineKeyboardMarkup, task: Task, actions: readonly Action[]): InlineKeyboardMarkup =>
  changed(shown, ({ action, taskId }) => {
    const labelled = taskId === task.id ? actions.find(({ id }) => id === action) : undefined;
    return { text: labelled?.labelOf?.(task, task.locale) };
  });
