import type { CallbackQuery } from 'grammy/types';
import { again } from '../../../../commands/again.ts';
import { answerDoubt } from '../../../../commands/answer.ts';
import { cancel } from '../../../../commands/cancel.ts';
import { deleteTask } from '../../../../commands/delete.ts';
import { withOwnTask } from '../../../../commands/own-task.ts';
import type { Reply } from '../../../../commands/reply.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Place, Task } from '../../../task/task.ts';
import type { ListenDeps } from '../../platform.ts';
import type { Telegram } from '../api/api.ts';
import { type Action, type Pressed, readPressed, renewed } from '../buttons.ts';
import { ledgerOf } from '../ledger.ts';
import { personOf, placeOf } from '../places.ts';
import type { PlainSend } from '../send/plain-send.ts';
import type { Poster } from '../send/post.ts';
import { lines, MAX_TEXT, plain, quoted, shortened } from '../texts.ts';
import type { Answers } from './answers.ts';
import type { Questions } from './questions.ts';

/** What a press may be answered with; https://core.telegram.org/bots/api#answercallbackquery */
const MAX_ANSWER = 200;

/** A press, ready to be acted on. */
interface Press extends Pressed {
  query: CallbackQuery;
  requester: Task['requester'];
  locale: string;
  chat: number;
  message: number;
}

/** Takes presses of buttons; resolves when what has to be on record is. Nothing of them is kept in memory. */
export type TakePress = (query: CallbackQuery) => Promise<void>;

export function createPresses(
  deps: ListenDeps & {
    tg: Telegram;
    poster: Poster;
    answers: Answers;
    questions: Questions;
    plainSend: PlainSend;
    /** Ends what is under way at a stop. */
    stopping: AbortSignal;
  },
): TakePress {
  const { store, tg, poster, answers, questions, plainSend, wake } = deps;

  /** Answers the press, which Telegram waits for; says the rest afterwards. */
  const tell = ({ query, locale }: Pick<Press, 'query' | 'locale'>, reply: Reply, alert = reply.type === 'refused') =>
    answers.later(async () => {
      const words = messagesFor(locale).telegram;
      const text = reply.type !== 'taken' ? reply.text : reply.created ? words.taken : words.takenAlready;
      const how = { text: shortened(text, MAX_ANSWER), show_alert: alert };
      // A press that waited too long cannot be answered any more; what it asked for is done.
      await tg.call((api, signal) => api.answerCallbackQuery(query.id, how, signal));
    });

  /** Gives the button a new number, so that the next press is another one. */
  const renew = (press: Press) =>
    answers.later(async () => {
      const shown = press.query.message;
      const markup = shown && 'reply_markup' in shown ? shown.reply_markup : undefined;
      if (!markup) return;
      const { chat, message } = press;
      const how = { priority: 'answer', key: `renew:${press.taskId}:${press.action}` } as const;
      await poster.throttled(String(chat), how, (api, signal) =>
        api.editMessageReplyMarkup(chat, message, { reply_markup: renewed(markup, press) }, signal),
      );
    });

  /** Whether it is another's task, and here: then it matters whether the person moderates the chat. */
  const isAnothersHere = ({ requester, chat }: Press, task: Task): boolean =>
    task.requester.id !== requester.id && chat < 0 && task.place.chat === String(chat);

  /** Whether the person may do it with everybody's tasks here. */
  async function moderates({ query, chat }: Press): Promise<boolean> {
    const said = await tg.call((api, signal) => api.getChatMember(chat, query.from.id, signal));
    return said.ok && ['creator', 'administrator'].includes(said.result.status);
  }

  /** Beside what the old task answered, where that is here. */
  function placeHere({ query, chat, message }: Press, task: Task | undefined): Place {
    const shown = query.message;
    const here = shown && shown.date !== 0 ? placeOf(shown) : undefined;
    const { message: _, ...base } = here ?? { platform: 'telegram', chat: String(chat), message: String(message) };
    const same = task?.place.chat === String(chat) ? task.place.message : undefined;
    return { ...base, message: same ?? String(message) };
  }

  async function pressAgain(press: Press, task: Task | undefined): Promise<void> {
    const { taskId, n, requester, locale } = press;
    const request = { requestKey: `again:${taskId}:${n}`, requester, locale, taskId, place: placeHere(press, task) };
    const reply = await again(request, deps);
    await tell(press, reply);
    if (reply.type !== 'taken') return;
    if (reply.created) wake();
    await renew(press);
  }

  async function pressEdit(press: Press, task: Task | undefined): Promise<void> {
    const { taskId, n, requester, locale, chat } = press;
    const words = messagesFor(locale);
    if (!task) return tell(press, { type: 'refused', text: words.request.gone });
    const requestKey = `edit:${taskId}:${n}`;
    const place = placeHere(press, task);
    const question = { for: 'task', requestKey, person: requester.id, place, taskId } as const;
    const open = await questions.latest(String(chat), requester.id);
    const told = open?.requestKey === requestKey || (await store.tasks.byRequestKey(requestKey)) !== undefined;
    if (!told) await questions.open(question);
    await tell(press, { type: 'done', text: '' });
    if (!told)
      await answers.later(async () => {
        const target = {
          ...{ chat: place.chat, reply: press.message },
          ...(place.thread === undefined ? {} : { thread: Number(place.thread) }),
        };
        const text = lines(plain(words.telegram.askNewScene), quoted(shortened(task.scene, MAX_TEXT - 500)));
        const forceReply = { placeholder: words.telegram.scenePlaceholder };
        const at = await answers.post(target, { ...text, forceReply });
        if (at) await questions.asked(question, at.message);
      });
    await renew(press);
  }

  async function pressDelete(press: Press, reply: Reply): Promise<void> {
    if (reply.type !== 'done') return tell(press, reply);
    const { chat, message, locale } = press;
    await answers.later(async () => {
      const removed = await poster.remove({ chat: String(chat), message });
      const stays = !removed.ok && removed.trouble.kind === 'too-old';
      await tell(press, stays ? { type: 'done', text: messagesFor(locale).telegram.clipDeleted } : reply, stays);
      if (stays)
        await poster.throttled(String(chat), { priority: 'answer', key: `bare:${press.taskId}` }, (api, signal) =>
          api.editMessageReplyMarkup(chat, message, {}, signal),
        );
    });
  }

  async function pressSendAgain(press: Press, task: Task | undefined): Promise<void> {
    const words = messagesFor(press.locale);
    const own = { taskId: press.taskId, by: press.requester.id, locale: press.locale };
    const reply = await withOwnTask(own, store, async () => ({ type: 'done', text: words.telegram.sendingAgain }));
    await tell(press, reply);
    if (reply.type !== 'done' || !task) return;
    const message = { text: words.clip(task.scene), buttons: ['again', 'edit', 'delete'] as const };
    await answers.later(async () => {
      const clip = { ...message, buttons: [...message.buttons] };
      const sent = await plainSend.again(task, clip, ledgerOf(task, store), press.n, deps.stopping);
      if (sent !== 'made already' && sent.outcome === 'shown') return;
      const text = sent === 'made already' ? words.telegram.sentAlready : words.telegram.notSent;
      await answers.post({ chat: String(press.chat), reply: press.message }, plain(text));
      // Where nobody knows again, the next press is another send.
      if (sent !== 'made already') await renew(press);
    });
  }

  async function act(press: Press): Promise<void> {
    const { taskId, action } = press;
    const task = await store.tasks.get(taskId);
    if (action === 'again') return pressAgain(press, task);
    if (action === 'edit') return pressEdit(press, task);
    if (action === 'send-again') return pressSendAgain(press, task);
    // Nobody else's updates wait for what Telegram says of this person.
    if (task && isAnothersHere(press, task))
      return answers.later(async () => decide(press, action, await moderates(press)));
    return decide(press, action, false);
  }

  async function decide(
    press: Press,
    action: Exclude<Action, 'again' | 'edit' | 'send-again'>,
    moderates: boolean,
  ): Promise<void> {
    const { taskId, locale, requester } = press;
    const own = { taskId, by: requester.id, moderates, locale };
    switch (action) {
      case 'delete':
        return pressDelete(press, await deleteTask(own, deps));
      case 'cancel':
        await tell(press, await cancel(own, deps));
        return wake();
      case 'retry':
      case 'leave':
        await tell(press, await answerDoubt({ ...own, choice: action }, deps));
        return wake();
    }
  }

  return async (query) => {
    const locale = query.from.language_code ?? 'en';
    const pressed = query.data === undefined ? undefined : readPressed(query.data);
    if (!pressed || !query.message) {
      const text = messagesFor(locale).telegram.oldButton;
      return tell({ query, locale }, { type: 'refused', text });
    }
    const { chat, message_id: message } = query.message;
    await act({ ...pressed, query, locale, requester: personOf(query.from), chat: chat.id, message });
  };
}
