import type { CallbackQuery } from 'grammy/types';
import { press, pressKey } from '../../../../commands/press.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Place, Task } from '../../../task/task.ts';
import type { ListenDeps } from '../../platform.ts';
import type { Telegram } from '../api/api.ts';
import { type ButtonData, hasButton, readButton, renewed } from '../buttons.ts';
import { PLATFORM, personOf, placeOf, targetIn } from '../places.ts';
import type { Poster } from '../send/post.ts';
import { shortened } from '../texts.ts';
import type { Answers } from './answers.ts';
import type { Heard, Replies } from './replies.ts';
import { rightsIn } from './rights.ts';
import type { SendAgain } from './send-again.ts';

/** What a press may be answered with; https://core.telegram.org/bots/api#answercallbackquery */
const MAX_ANSWER = 200;

type Shown = NonNullable<CallbackQuery['message']>;

/** Takes presses of buttons; resolves when what has to be on record is. Nothing of them is kept in memory. */
export type TakePress = (query: CallbackQuery) => Promise<void>;

export function createPresses(
  deps: ListenDeps & { tg: Telegram; poster: Poster; answers: Answers; replies: Replies; sendAgain: SendAgain },
): TakePress {
  const { store, tg, poster, answers, replies, sendAgain } = deps;

  /** Answers the press, which Telegram waits for. */
  const answer = (query: CallbackQuery, text: string, isAlert: boolean): Promise<void> =>
    answers.later(async () => {
      const how = { text: shortened(text, MAX_ANSWER), show_alert: isAlert };
      const call = () => tg.call((api, signal) => api.answerCallbackQuery(query.id, how, signal));
      const said = await call();
      // A press that waited too long cannot be answered any more; what it asked for is done. Where the connection broke,
      // its button goes on waiting without an answer; answered twice it shows the answer once.
      const isBroken = said.outcome === 'failed' && ['unreached', 'unknown'].includes(said.failure.type);
      if (isBroken) await call();
    });

  /** Gives the button a new number, so that the next press is another one. */
  async function renew({ message: shown }: CallbackQuery, button: ButtonData): Promise<void> {
    const markup = shown && 'reply_markup' in shown ? shown.reply_markup : undefined;
    if (!shown || !markup) return;
    const { chat, message_id: message } = shown;
    const how = { priority: 'answer', key: `renew:${button.taskId}:${button.action}` } as const;
    const edit = () =>
      poster.throttled(String(chat.id), how, (api, signal) =>
        api.editMessageReplyMarkup(chat.id, message, { reply_markup: renewed(markup, button) }, signal),
      );
    // In a busy group its turn may come late; until then another press counts as the same.
    await answers.patiently(edit);
  }

  async function take(query: CallbackQuery, shown: Shown, button: ButtonData): Promise<void> {
    const { action: id, taskId, n } = button;
    const { from } = query;
    const task = await store.tasks.get(taskId);
    const place = placeUnder(shown, task);
    const target = { ...targetIn(place), reply: shown.message_id };
    const actions = [...deps.actions, sendAgain({ n, target, renew: () => renew(query, button) })];
    const action = actions.find((each) => each.id === id);
    if (!action) return refuseOld(query);

    const requester = personOf(from);
    const isShown =
      'reply_markup' in shown && shown.reply_markup !== undefined && hasButton(shown.reply_markup, button);
    const heard: Heard = {
      origin: {
        // A message too old to be told whole can get no new number: each press of its buttons counts by itself.
        requestKey: action.renews && isShown ? pressKey(button, requester) : `${PLATFORM}:press:${query.id}`,
        requester,
        place,
        locale: localeOf(query),
      },
      target,
      under: isShown ? { chat: place.chat, message: shown.message_id } : undefined,
      say: (text, { isRefusal }) => answer(query, text, isRefusal),
      acknowledge: (text) => answer(query, text, false),
    };
    async function act(renews: boolean): Promise<void> {
      const rights = rightsIn(tg, { chat: place.chat, person: from.id });
      const reply = await press({ action: id, taskId, origin: heard.origin, ...rights }, { ...deps, actions });
      await replies.show(reply, heard);
      if (renews && (reply.type === 'taken' || reply.type === 'question'))
        await answers.later(() => renew(query, button));
    }
    // Nobody else's updates wait for what Telegram says of this person.
    if (action.who === 'own' && task && task.requester.id !== requester.id)
      return answers.later(() => act(action.renews));
    return act(action.renews);
  }

  const refuseOld = (query: CallbackQuery): Promise<void> =>
    answer(query, messagesFor(localeOf(query)).telegram.oldButton, true);

  return (query) => {
    const button = query.data === undefined ? undefined : readButton(query.data);
    return button && query.message ? take(query, query.message, button) : refuseOld(query);
  };
}

const localeOf = ({ from }: CallbackQuery): string => from.language_code ?? 'en';

/** Where a press was, beside what the task answered where that is here. */
function placeUnder(shown: Shown, task: Task | undefined): Place {
  const chat = String(shown.chat.id);
  const here = shown.date === 0 ? { platform: PLATFORM, chat } : placeOf(shown);
  const answered = task?.place.chat === chat ? task.place.message : undefined;
  return { ...here, message: answered ?? String(shown.message_id) };
}
