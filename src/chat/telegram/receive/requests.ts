import type { Message } from 'grammy/types';
import { helpCommand } from '../../../../commands/help.ts';
import type { Command } from '../../../../commands/table.ts';
import type { ListenDeps } from '../../platform.ts';
import { placeOf, writerOf } from '../places.ts';
import type { AnswerQuestion } from './answer-question.ts';
import type { Answers } from './answers.ts';
import type { Help } from './help.ts';
import { type Me, type MessageIntent, readIntent } from './incoming.ts';
import { heardIn, type IncomingMessage, keyOf } from './message.ts';
import { parseCaption } from './parse-caption.ts';
import type { PictureRequests } from './picture-requests.ts';
import type { Questions } from './questions.ts';
import type { Replies } from './replies.ts';
import { filledIn } from './spoken.ts';

/**
 * An edit is a request for so long after the message, as long as a question is open. Telegram tells of edits at any
 * time, also of some that nobody made, and what became of an old message may be forgotten here: it must not begin anew.
 */
const EDIT_SECONDS = 24 * 3_600;

/** Takes what people write: each resolves when what has to be on record is. */
export interface Requests {
  take(message: Message, me: Me, isEdited: boolean): Promise<void>;
}

export function createRequests(
  deps: ListenDeps & {
    /** Those of the table that Telegram carries. */
    spoken: readonly Command[];
    questions: Questions;
    answers: Answers;
    replies: Replies;
    help: Help;
    pictures: PictureRequests;
    answerQuestion: AnswerQuestion;
  },
): Requests {
  const { store, spoken, questions, answers, replies, help, pictures, answerQuestion } = deps;

  async function command(
    { message, requester, locale }: IncomingMessage,
    { command, words }: Extract<MessageIntent, { type: 'command' }>,
    me: Me,
  ): Promise<void> {
    const origin = { requestKey: keyOf(message), requester, place: placeOf(message), locale };
    if (command === helpCommand) return help.sayAll(message, origin, me);
    const given = filledIn(command, parseCaption(words, command, locale));
    await replies.show(await command.execute(origin, given, deps), heardIn(message, origin, answers));
  }

  /** Whether it was the answer to a question. */
  async function words(
    incoming: IncomingMessage,
    { words, replyTo }: Extract<MessageIntent, { type: 'words' }>,
  ): Promise<boolean> {
    const { message, requester } = incoming;
    const chat = String(message.chat.id);
    const named = replyTo === undefined ? undefined : await questions.byMessage(chat, replyTo);
    const question =
      named ?? (message.chat.type === 'private' ? await questions.latest(chat, requester.id) : undefined);
    if (question?.person !== requester.id) return false;
    await answerQuestion(incoming, question, words, named && replyTo);
    return true;
  }

  return {
    async take(message, me, isEdited) {
      const requester = writerOf(message);
      if (!requester || (isEdited && (message.edit_date ?? 0) - message.date > EDIT_SECONDS)) return;
      const locale = message.from?.language_code ?? 'en';
      const incoming = { message, requester, locale, isEdited };
      const intent = readIntent(message, me, spoken);
      if (intent.type === 'picture') return pictures.take(incoming, intent);
      if (isEdited) return;
      switch (intent.type) {
        case 'album':
          if (await store.tasks.byRequestKey(keyOf(message, intent.album)))
            await pictures.tellAlbum(incoming, intent.album);
          return;
        case 'command':
          return command(incoming, intent, me);
        case 'words':
          if (!(await words(incoming, intent)) && intent.orHelp) await help.say(message, locale, me);
          return;
        case 'help':
          return help.say(message, locale, me);
      }
    },
  };
}
