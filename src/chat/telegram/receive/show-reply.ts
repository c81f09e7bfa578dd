import type { Reply } from '../../../../commands/reply.ts';
import type { RequestOrigin } from '../../../../commands/table.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { shortened } from '../../kit/text.ts';
import { choiceKeyboard } from '../buttons.ts';
import type { TelegramMessageRef, TelegramTarget } from '../places.ts';
import { copied, lines, MAX_TEXT, plain } from '../texts.ts';
import { ask } from './ask.ts';
import { delist } from './delist.ts';
import type { ReceiveDeps } from './deps.ts';
import { nameOf, pictureCommandOf } from './spoken.ts';

/** Of a name, where a person is mentioned by it. */
const MAX_NAME = 64;

/** Of a scene; leaves room for what is said about it. */
const MAX_VALUE = MAX_TEXT - 500;

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
    case 'details':
      return heard.say(reply.text, { isRefusal: true });
    case 'done':
      deps.wake();
      return heard.say(reply.text);
    case 'deleted':
      return deps.answers.later(() => delist(reply, heard, deps));
    case 'question':
      return reply.wants === 'picture' ? askPicture(reply, heard, deps) : askScene(reply, heard, deps);
    case 'choice':
      await heard.acknowledge('');
      return deps.answers.say(heard.target, {
        ...plain(reply.text),
        keyboard: choiceKeyboard(reply.action, reply.tasks, deps.store.now()),
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

/** In a private chat the next picture is the answer. In a group a bot may not see it: there it is told how to ask anew. */
async function askPicture(
  { action, task, text, value }: Extract<Reply, { type: 'question' }>,
  { origin, target, acknowledge }: Heard,
  deps: ReceiveDeps,
): Promise<void> {
  const { requestKey, requester, place, locale } = origin;
  const words = messagesFor(locale).telegram;
  if (place.chat.startsWith('-')) {
    await acknowledge('');
    const command = pictureCommandOf(deps.spoken);
    const name = command && nameOf(command, locale);
    const how = shortened(name === undefined ? value : `/${name} ${value}`, MAX_VALUE);
    return deps.answers.say(target, lines(plain(words.askPictureInGroup), copied(how)));
  }
  const { id: person } = requester;
  const question = { type: 'action', action, taskId: task.id, requestKey, person, place, given: {} } as const;
  await ask(question, { target, locale, text, value, wants: 'picture' }, deps);
  return acknowledge('');
}
