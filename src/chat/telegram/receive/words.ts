import { editAction } from '../../../../commands/edit.ts';
import { press } from '../../../../commands/press.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { isSameChat, type Place, type Task } from '../../../task/task.ts';
import { placeOf, requestKeyOf } from '../places.ts';
import { plain } from '../texts.ts';
import { answerQuestion } from './answer-question.ts';
import { sayBack } from './ask.ts';
import type { ReceiveDeps } from './deps.ts';
import type { MessageIntent } from './incoming.ts';
import { below, heardIn, type IncomingMessage } from './message.ts';
import { originOf } from './origin.ts';
import { parseCaption } from './parse-caption.ts';
import type { Question } from './questions.ts';
import { rightsIn } from './rights.ts';
import { showReply } from './show-reply.ts';
import { pictureCommandOf } from './spoken.ts';

type WordsIntent = Extract<MessageIntent, { type: 'words' }>;

/**
 * Takes words without a picture: an answer to a question is a reply to it or, in a private chat, the very next message; as
 * a reply to a clip they are another scene for it. False where they are neither.
 */
export async function takeWords(incoming: IncomingMessage, intent: WordsIntent, deps: ReceiveDeps): Promise<boolean> {
  const { message, requester, locale } = incoming;
  const { words, replyTo, taskId, isAddressed } = intent;
  const { questions, answers } = deps;
  const chat = String(message.chat.id);
  const isPrivate = message.chat.type === 'private';
  const question = await asked();
  if (question?.person === requester.id) {
    await answerQuestion(incoming, { question, words, isReply: replyTo !== undefined }, deps);
    return true;
  }
  if (taskId !== undefined && (isPrivate || isAddressed)) {
    await otherScene(incoming, { ...intent, taskId }, deps);
    return true;
  }
  if (!isPrivate || isAddressed || !(await questions.latest(chat, requester.id))) return false;
  await answers.say(below(message), plain(messagesFor(locale).telegram.replyToAnswer));
  return true;

  async function asked(): Promise<Question | undefined> {
    if (intent.asked !== undefined) return questions.byId(intent.asked);
    if (replyTo !== undefined) return questions.byMessage(chat, replyTo);
    return message.external_reply ? undefined : questions.awaited(chat, requester.id);
  }
}

/** Words to a clip: **Edit scene**. Where the bot was not named they may be a word of thanks, and wait for **Go**. */
async function otherScene(
  { message, requester, locale }: IncomingMessage,
  { words, taskId, isAddressed }: WordsIntent & { taskId: string },
  deps: ReceiveDeps,
): Promise<void> {
  const { store, tg, commands } = deps;
  const task = await store.tasks.get(taskId);
  const place = besideTask(placeOf(message, deps), task);
  const origin = originOf({ requestKey: requestKeyOf(message, deps), requester, place, locale }, deps);
  const heard = heardIn(message, origin, deps);
  const command = pictureCommandOf(commands);
  const { text, given } = command ? parseCaption(words, command, locale) : { text: words, given: {} };
  const problem = command?.problem(given, locale);
  if (problem !== undefined) return showReply({ type: 'refused', text: problem }, heard, deps);
  const isComplete = isAddressed && words !== '';
  const answer = isComplete ? { scene: text || (task?.scene ?? ''), options: given } : undefined;
  const rights = rightsIn(tg, { chat: origin.place.chat, person: message.from?.id ?? 0 });
  const reply = await press({ action: editAction.id, task, origin, answer, ...rights }, deps);
  if (reply.type !== 'question' || isAddressed) return showReply(reply, heard, deps);
  if (await store.tasks.byRequestKey(origin.requestKey)) return;
  const { requestKey } = origin;
  const question = { type: 'action', action: editAction.id, taskId, requestKey, person: requester.id, place } as const;
  return sayBack({ ...question, given, words: text || reply.value }, { target: below(message), locale }, deps);
}

/** The clip answers what the first one did. */
const besideTask = (place: Place, task: Task | undefined): Place =>
  task && isSameChat(task.place, place) && task.place.message !== undefined
    ? { ...place, message: task.place.message }
    : place;
