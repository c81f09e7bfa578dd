import type { Reply } from '../../../../commands/reply.ts';
import type { RequestOrigin } from '../../../../commands/table.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Store } from '../../../store/store.ts';
import type { Task } from '../../../task/task.ts';
import { choiceKeyboard } from '../buttons.ts';
import { readRef, type TelegramMessageRef, type TelegramTarget, writeRef } from '../places.ts';
import type { Poster } from '../send/post.ts';
import { lines, MAX_TEXT, plain, quoted, shortened } from '../texts.ts';
import type { Answers } from './answers.ts';
import type { Question, Questions } from './questions.ts';

/** Leaves room for the question. */
const MAX_VALUE = MAX_TEXT - 500;

/** What a person said or pressed, and where they look for what becomes of it. */
export interface Heard {
  origin: RequestOrigin;
  /** What our messages answer. */
  target: TelegramTarget;
  /** The message under which was pressed. */
  under?: TelegramMessageRef;
  /** A sentence: as a message, or over the chat where a button was pressed. */
  say(text: string, about: { isRefusal: boolean }): Promise<void>;
  /** Says that it was heard where nothing else does: of a message its card, or the next message, is enough. */
  acknowledge(text: string): Promise<void>;
}

/** Shows each kind of reply, the same for commands and actions; resolves when what has to be on record is. */
export interface Replies {
  show(reply: Reply, heard: Heard): Promise<void>;
}

export function createReplies(deps: {
  store: Pick<Store, 'tasks'>;
  poster: Poster;
  answers: Answers;
  questions: Questions;
  wake: (recorded?: Task) => void;
}): Replies {
  const { store, poster, answers, questions, wake } = deps;

  async function ask(reply: Extract<Reply, { type: 'question' }>, { origin, target, ...heard }: Heard): Promise<void> {
    const { requestKey, requester, place, locale } = origin;
    const question: Question = {
      type: 'action',
      action: reply.action,
      taskId: reply.task.id,
      requestKey,
      person: requester.id,
      place,
    };
    const open = await questions.latest(place.chat, requester.id);
    const words = messagesFor(locale).telegram;
    if ((await store.tasks.byRequestKey(requestKey)) !== undefined) return heard.acknowledge(words.takenAlready);
    const isAsked = open?.requestKey === requestKey;
    if (!isAsked) await questions.open(question);
    await heard.acknowledge('');
    if (isAsked) return;
    const text = lines(plain(`${reply.text} ${words.answerByReply}`), quoted(shortened(reply.value, MAX_VALUE)));
    await answers.later(async () => {
      const at = await answers.post(target, { ...text, forceReply: { placeholder: words.scenePlaceholder } });
      if (at) await questions.asked(question, at.message);
    });
  }

  /** Telegram lets bots take back messages for 48 hours only: an older one loses its buttons, and that is said. */
  async function takeAway({ task, text }: Extract<Reply, { type: 'deleted' }>, heard: Heard): Promise<void> {
    const onRecord = Object.values(task.sent).flatMap((sent) => readRef(sent) ?? []);
    const shown = new Map([...onRecord, ...(heard.under ? [heard.under] : [])].map((at) => [writeRef(at), at]));
    const removed = await Promise.all(
      [...shown.values()]
        .filter(({ message }) => message !== 0)
        .map(async (at) => ({ at, ...(await poster.remove(at)) })),
    );
    const stay = removed.flatMap(({ at, ...said }) =>
      said.outcome === 'failed' && said.failure.type === 'too-old' ? [at] : [],
    );
    const words = messagesFor(heard.origin.locale).telegram;
    if (stay.length > 0) await heard.say(words.clipDeleted, { isRefusal: true });
    else await heard.say(text, { isRefusal: false });
    for (const { chat, message } of stay)
      await poster.throttled(chat, { priority: 'answer', key: `bare:${message}` }, (api, signal) =>
        api.editMessageReplyMarkup(chat, message, {}, signal),
      );
  }

  async function offer({ text, action, tasks }: Extract<Reply, { type: 'choice' }>, heard: Heard): Promise<void> {
    await heard.acknowledge('');
    const line = { ...plain(text), keyboard: choiceKeyboard(action, tasks) };
    await answers.later(() => answers.post(heard.target, line));
  }

  return {
    async show(reply, heard) {
      const words = messagesFor(heard.origin.locale).telegram;
      switch (reply.type) {
        case 'taken':
          if (reply.created) wake(reply.task);
          return heard.acknowledge(reply.created ? words.taken : words.takenAlready);
        case 'refused':
          return heard.say(reply.text, { isRefusal: true });
        case 'done':
          wake();
          return heard.say(reply.text, { isRefusal: false });
        case 'deleted':
          return answers.later(() => takeAway(reply, heard));
        case 'question':
          return ask(reply, heard);
        case 'choice':
          return offer(reply, heard);
      }
    },
  };
}
