import type { CallbackQuery } from 'grammy/types';
import { press, pressKey } from '../../../../commands/press.ts';
import { copyAction } from '../../../../commands/share.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { isSameChat, type Place, type Task } from '../../../task/task.ts';
import { hasButton, readButton, taskUnder } from '../buttons.ts';
import { type OfBot, personOf, placeOf, targetIn, writeRef } from '../places.ts';
import { answerPress } from './answer-press.ts';
import { readChoice } from './choices.ts';
import { readConfirm, takeConfirm } from './confirm.ts';
import type { ReceiveDeps } from './deps.ts';
import type { Heard } from './heard.ts';
import type { Me } from './incoming.ts';
import { originOf } from './origin.ts';
import { rightsIn } from './rights.ts';
import { sendAgainAction } from './send-again.ts';
import { readSetting } from './settings-sheet.ts';
import { readPageTurn } from './sheet.ts';
import { takePageTurn } from './show-clips.ts';
import { backAction, closeMenu } from './show-menu.ts';
import { showReply } from './show-reply.ts';
import { takeSetting } from './show-settings.ts';
import { takeChoice } from './take-choice.ts';

type Shown = NonNullable<CallbackQuery['message']>;

/** Takes a press of a button; resolves when what has to be on record is. */
export async function takePress(query: CallbackQuery, me: Me, deps: ReceiveDeps): Promise<void> {
  const { message: shown, from } = query;
  const locale = from.language_code ?? 'en';
  const refuseOld = (): Promise<void> => answerPress(query, messagesFor(locale).telegram.oldButton, true, deps);
  const choice = readChoice(query.data ?? '');
  if (choice) return takeChoice(query, choice, deps);
  const turn = readPageTurn(query.data ?? '');
  if (turn) return takePageTurn(query, turn, deps);
  const setting = readSetting(query.data ?? '');
  if (setting) return takeSetting(query, setting, deps);
  const question = readConfirm(query.data ?? '');
  if (question !== undefined) return takeConfirm(query, question, deps);
  const button = readButton(query.data ?? '');
  if (!button || !shown) return refuseOld();

  const { action: id, n } = button;
  const task = await deps.store.tasks.get(button.taskId);
  const place = placeUnder(shown, task, deps);
  const target = { ...targetIn(place), reply: shown.message_id };
  const at = { chat: place.chat, message: shown.message_id };
  const buttons = 'reply_markup' in shown ? shown.reply_markup : undefined;
  const { keyboards } = deps;
  // Somebody else may have opened a menu in its place just now.
  const isShown = buttons !== undefined && (hasButton(buttons, button) || keyboards.hadLately(at, button));
  const renew = async (next?: number) => {
    if (isShown) await keyboards.renew(at, buttons, button, next);
  };
  const actions = [...deps.actions, backAction, sendAgainAction({ n, target, renew: () => renew(n + 1) }, deps)];
  const action = actions.find((each) => each.id === id);
  if (!action) return refuseOld();
  // Else whoever reads a channel could have clips made in it.
  if (shown.chat.type === 'channel' && action.renews && id !== copyAction.id)
    return answerPress(query, messagesFor(locale).telegram.notInChannels, true, deps);

  const requester = personOf(from);
  const isStale = keyboards.hasFailed(at, button);
  // Another task's message keeps its own buttons, whatever a client sends.
  const isOwn = isShown && taskUnder(buttons) === button.taskId;
  // A message too old to be told whole can get no new number: each press of its buttons counts by itself.
  const isOne = action.renews && isShown && !isStale;
  const requestKey = isOne ? pressKey(button, requester) : `${deps.platform}:press:${query.id}`;
  const heard: Heard = {
    origin: originOf({ requestKey, requester, place, locale }, deps),
    target,
    under: isShown ? at : undefined,
    redraw: isOwn ? (change, how) => keyboards.change(at, buttons, change, how) : undefined,
    say: (text, about) => answerPress(query, text, about?.isRefusal ?? false, deps),
    lead: (text) => answerPress(query, text, false, deps, `https://t.me/${me.username}?start=copy`),
    acknowledge: (text) => answerPress(query, text, false, deps),
  };
  const act = async (): Promise<void> => {
    const rights = rightsIn(deps.tg, { chat: place.chat, person: from.id });
    const isTheirs = () => shown.chat.type === 'private';
    const reply = await press({ action: id, task, origin: heard.origin, isTheirs, ...rights }, { ...deps, actions });
    await showReply(reply, heard, deps);
    // Data that no button of the message has would take another person's message away.
    if (task && isShown && isStray(shown, task) && task.requester.id === requester.id)
      await deps.answers.later(() => deps.poster.remove(at));
    if (task && heard.redraw && action.isInMenu?.(task)) await closeMenu(reply, task, heard, deps);
    else if (action.renews && (reply.type === 'taken' || reply.type === 'question')) await renew();
  };
  // Other people's updates do not wait for Telegram's word on this person.
  if (action.who === 'own' && task?.requester.id !== requester.id) return deps.answers.later(act);
  return act();
}

/** A line of ours that is not on record of its task: a card whose answer was lost, or a choice that was made. */
const isStray = (shown: Shown, { sent }: Task): boolean =>
  'text' in shown &&
  shown.text !== undefined &&
  !Object.values(sent).includes(writeRef({ chat: String(shown.chat.id), message: shown.message_id }));

/** Where a press was, beside what the task answered where that is here. */
function placeUnder(shown: Shown, task: Task | undefined, bot: OfBot): Place {
  const chat = String(shown.chat.id);
  const here = shown.date === 0 ? { platform: bot.platform, chat } : placeOf(shown, bot);
  const answered = task && isSameChat(task.place, here) ? task.place.message : undefined;
  return { ...here, message: answered ?? String(shown.message_id) };
}
