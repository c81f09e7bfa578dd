import { press } from '../../../../commands/press.ts';
import type { Reply } from '../../../../commands/reply.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { ReceiveDeps } from './deps.ts';
import { heardIn, type IncomingMessage } from './message.ts';
import { parseCaption } from './parse-caption.ts';
import type { Question } from './questions.ts';
import { rightsIn } from './rights.ts';
import { showReply } from './show-reply.ts';
import { filledIn, pictureCommandOf } from './spoken.ts';

/** Takes words as the answer to an open question; `asking` is the message that asked it. */
export async function answerQuestion(
  { message, requester, locale }: IncomingMessage,
  { question, words, asking }: { question: Question; words: string; asking?: number },
  deps: ReceiveDeps,
): Promise<void> {
  const { store, tg, commands, questions } = deps;
  const { requestKey, place } = question;
  const origin = { requestKey, requester, place, locale };
  const heard = heardIn(message, origin, deps);
  const command =
    question.type === 'picture'
      ? commands.find(({ name }) => name === question.command)
      : // The options of another take are those of a first one.
        pictureCommandOf(commands);
  if (!command) {
    await showReply({ type: 'refused', text: messagesFor(locale).request.gone }, heard, deps);
    return questions.close(question, asking);
  }
  const { text, given } = parseCaption(words, command, locale);
  if (question.type === 'picture') {
    // The answer's options go before those that stood beside the picture.
    const all = filledIn(command, { text, given: { ...question.given, ...given }, picture: question.picture });
    return settle(await command.execute(origin, all, deps), { isVain: false });
  }
  const { action, taskId } = question;
  const rights = rightsIn(tg, { chat: place.chat, person: message.from?.id ?? 0 });
  const task = await store.tasks.get(taskId);
  const reply = await press({ action, task, origin, answer: { scene: text, options: given }, ...rights }, deps);
  // Nothing can come of it any more where what it asks about was deleted.
  return settle(reply, { isVain: !task });

  async function settle(reply: Reply, { isVain }: { isVain: boolean }): Promise<void> {
    await showReply(reply, heard, deps);
    const isAnswered = reply.type === 'taken' || reply.type === 'done' || reply.type === 'deleted';
    if (isAnswered || isVain) await questions.close(question, asking);
  }
}
