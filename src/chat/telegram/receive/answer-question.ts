import { press } from '../../../../commands/press.ts';
import type { Command } from '../../../../commands/table.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { ListenDeps } from '../../platform.ts';
import type { Telegram } from '../api/api.ts';
import type { Answers } from './answers.ts';
import { heardIn, type IncomingMessage } from './message.ts';
import { parseCaption } from './parse-caption.ts';
import type { Question, Questions } from './questions.ts';
import type { Replies } from './replies.ts';
import { rightsIn } from './rights.ts';
import { filledIn, pictureCommandOf } from './spoken.ts';

/** Takes words as the answer to an open question; `asking` is the message that asked it. */
export type AnswerQuestion = (
  incoming: IncomingMessage,
  question: Question,
  words: string,
  asking?: number,
) => Promise<void>;

export function createAnswerQuestion(
  deps: ListenDeps & { tg: Telegram; questions: Questions; answers: Answers; replies: Replies },
): AnswerQuestion {
  const { store, tg, commands, questions, answers, replies } = deps;

  /** Whether nothing can come of it any more: what it asks about was deleted. */
  const isVain = async (question: Question): Promise<boolean> =>
    question.type === 'action' && (await store.tasks.get(question.taskId)) === undefined;

  return async ({ message, requester, locale }, question, words, asking) => {
    const { requestKey, place } = question;
    const origin = { requestKey, requester, place, locale };
    const command =
      question.type === 'picture'
        ? commands.find(({ name }) => name === question.command)
        : // The options of another take are those of a first one.
          pictureCommandOf(commands);
    if (!command) {
      await replies.show(
        { type: 'refused', text: messagesFor(locale).request.gone },
        heardIn(message, origin, answers),
      );
      return questions.close(question, asking);
    }
    const { text, given } = parseCaption(words, command, locale);
    const reply =
      question.type === 'picture'
        ? await command.execute(origin, completed(command, question, { text, given }), deps)
        : await press(
            {
              action: question.action,
              taskId: question.taskId,
              origin,
              answer: { scene: text, options: given },
              ...rightsIn(tg, { chat: place.chat, person: message.from?.id ?? 0 }),
            },
            deps,
          );
    await replies.show(reply, heardIn(message, origin, answers));
    const isAnswered = reply.type === 'taken' || reply.type === 'done' || reply.type === 'deleted';
    if (isAnswered || (await isVain(question))) await questions.close(question, asking);
  };
}

/** The answer's options go before those that stood beside the picture. */
const completed = (
  command: Command,
  { given, picture }: Extract<Question, { type: 'picture' }>,
  answer: { text: string; given: Record<string, unknown> },
): Record<string, unknown> => filledIn(command, { text: answer.text, given: { ...given, ...answer.given }, picture });
