import type { CallbackQuery } from 'grammy/types';
import { press, pressKey } from '../../../../commands/press.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Place, Task } from '../../../task/task.ts';
import { hasButton, readButton } from '../buttons.ts';
import { PLATFORM, personOf, placeOf, targetIn, writeRef } from '../places.ts';
import { answerPress } from './answer-press.ts';
import { readChoice } from './choices.ts';
import type { ReceiveDeps } from './deps.ts';
import { rightsIn } from './rights.ts';
import { sendAgainAction } from './send-again.ts';
import { type Heard, showReply } from './show-reply.ts';
import { takeChoice } from './take-choice.ts';

type Shown = NonNullable<CallbackQuery['message']>;

/** Takes a press of a button; resolves when what has to be on record is. */
export async function takePress(query: CallbackQuery, deps: ReceiveDeps): Promise<void> {
  const { message: shown, from } = query;
  const locale = from.language_code ?? 'en';
  const refuseOld = (): Promise<void> => answerPress(query, messagesFor(locale).telegram.oldButton, true, deps);
  const choice = readChoice(query.data ?? '');
  if (choice) return takeChoice(query, choice, deps);
  const button = readButton(query.data ?? '');
  if (!button || !shown) return refuseOld();

  const { action: id, n } = button;
  const task = await deps.store.tasks.get(button.taskId);
  const place = placeUnder(shown, task);
  const target = { ...targetIn(place), reply: shown.message_id };
  const actions = [
    ...deps.actions,
    sendAgainAction({ n, target, renew: () => deps.renewals.renew(query, button) }, deps),
  ];
  const action = actions.find((each) => each.id === id);
  if (!action) return refuseOld();

  const requester = personOf(from);
  const isShown = 'reply_markup' in shown && shown.reply_markup !== undefined && hasButton(shown.reply_markup, button);
  const isStale = deps.renewals.hasFailed(query, button);
  const heard: Heard = {
    origin: {
      // A message too old to be told whole can get no new number: each press of its buttons counts by itself.
      requestKey: action.renews && isShown && !isStale ? pressKey(button, requester) : `${PLATFORM}:press:${query.id}`,
      requester,
      place,
      locale,
    },
    target,
    under: isShown ? { chat: place.chat, message: shown.message_id } : undefined,
    say: (text, about) => answerPress(query, text, about?.isRefusal ?? false, deps),
    acknowledge: (text) => answerPress(query, text, false, deps),
  };
  const act = async (): Promise<void> => {
    const rights = rightsIn(deps.tg, { chat: place.chat, person: from.id });
    const isTheirs = () => shown.chat.type === 'private';
    const reply = await press({ action: id, task, origin: heard.origin, isTheirs, ...rights }, { ...deps, actions });
    await showReply(reply, heard, deps);
    // Data that no button of the message has would take another person's message away.
    if (task && isShown && isStray(shown, task) && task.requester.id === requester.id)
      await deps.answers.later(() => deps.poster.remove({ chat: place.chat, message: shown.message_id }));
    if (action.renews && (reply.type === 'taken' || reply.type === 'question'))
      await deps.answers.later(() => deps.renewals.renew(query, button));
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
function placeUnder(shown: Shown, task: Task | undefined): Place {
  const chat = String(shown.chat.id);
  const here = shown.date === 0 ? { platform: PLATFORM, chat } : placeOf(shown);
  const answered = task?.place.chat === chat ? task.place.message : undefined;
  return { ...here, message: answered ?? String(shown.message_id) };
}
