import type { Reply } from '../../../../commands/reply.ts';
import type { RequestOrigin } from '../../../../commands/table.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { shortened } from '../../kit/text.ts';
import { choiceKeyboard } from '../buttons.ts';
import { readRef, type TelegramMessageRef, type TelegramTarget, writeRef } from '../places.ts';
import { plain } from '../texts.ts';
import { ask } from './ask.ts';
import type { ReceiveDeps } from './deps.ts';

/** Of a name, where a person is mentioned by it. */
const MAX_NAME = 64;

/** A person's message or press, and where they look for what becomes of it. */
export interface Heard {
  origin: RequestOrigin;
  /** Where it is answered. */
  target: TelegramTarget;
  /** The message under which was pressed. */
  under?: TelegramMessageRef;
  /** A sentence: as a message, or over the chat where a button was pressed. */
  say(text: string, about?: { isRefusal: boolean }): Promise<void>;
  /** Says that it was heard where nothing else does: of a message its card, or the next message, is enough. */
  acknowledge(text: string): Promise<void>;
}

/** Shows each kind of reply, the same for commands and actions; resolves when what has to be on record is. */
export async function showReply(reply: Reply, heard: Heard, deps: ReceiveDeps): Promise<void> {
  const words = messagesFor(heard.origin.locale).telegram;
  switch (reply.type) {
    case 'taken':
      if (reply.created) deps.wake(reply.task);
      return heard.acknowledge(reply.created ? words.taken : words.takenAlready);
    case 'refused':
      return heard.say(reply.text, { isRefusal: true });
    case 'done':
      deps.wake();
      return heard.say(reply.text);
    case 'deleted':
      return deps.answers.later(() => takeAway(reply, heard, deps));
    case 'question':
      return askScene(reply, heard, deps);
    case 'choice':
      await heard.acknowledge('');
      return deps.answers.say(heard.target, {
        ...plain(reply.text),
        keyboard: choiceKeyboard(reply.action, reply.tasks),
      });
  }
}

async function askScene(
  { action, task, text, value }: Extract<Reply, { type: 'question' }>,
  { origin, target, acknowledge }: Heard,
  deps: ReceiveDeps,
): Promise<void> {
  const { requestKey, requester, place, locale } = origin;
  if (await deps.store.tasks.byRequestKey(requestKey)) return acknowledge(messagesFor(locale).telegram.takenAlready);
  const { id: person, name } = requester;
  const question = { type: 'action', action, taskId: task.id, requestKey, person, place, given: {} } as const;
  await ask(question, { target, locale, text, value, name: shortened(name, MAX_NAME) }, deps);
  return acknowledge('');
}

/** Telegram lets bots take back messages for 48 hours only: an older one loses its buttons, and that is said. */
async function takeAway(
  { task, text }: Extract<Reply, { type: 'deleted' }>,
  { origin, under, say }: Heard,
  { poster }: ReceiveDeps,
): Promise<void> {
  const onRecord = Object.values(task?.sent ?? {}).flatMap((sent) => readRef(sent) ?? []);
  const shown = new Map([...onRecord, ...(under ? [under] : [])].map((at) => [writeRef(at), at]));
  const removed = await Promise.all(
    [...shown.values()]
      .filter(({ message }) => message !== 0)
      .map(async (at) => ({ at, said: await poster.remove(at) })),
  );
  const stay = removed.filter(({ said }) => said.outcome === 'failed' && said.failure.type === 'too-old');
  if (stay.length > 0) await say(messagesFor(origin.locale).telegram.clipDeleted, { isRefusal: true });
  else await say(text);
  for (const { chat, message } of stay.map(({ at }) => at))
    await poster.throttled(chat, { priority: 'answer', key: `bare:${message}` }, (api, signal) =>
      api.editMessageReplyMarkup(chat, message, {}, signal),
    );
}
