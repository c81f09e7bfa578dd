import type { Message } from 'grammy/types';
import { helpCommand } from '../../../../commands/help.ts';
import { placeOf, writerOf } from '../places.ts';
import { answerQuestion } from './answer-question.ts';
import type { ReceiveDeps } from './deps.ts';
import { sayHelp, sayHow } from './help.ts';
import { type Me, type MessageIntent, readIntent } from './incoming.ts';
import { heardIn, type IncomingMessage, keyOf } from './message.ts';
import { parseCaption } from './parse-caption.ts';
import { takePicture, tellAlbum } from './picture-requests.ts';
import { showReply } from './show-reply.ts';
import { filledIn } from './spoken.ts';

/**
 * An edit is a request for so long after the message, as long as a question is open. Telegram tells of edits at any
 * time, also of some that nobody made, and what became of an old message may be forgotten here: it must not begin anew.
 */
const EDIT_SECONDS = 24 * 3_600;

/** Takes a person's message; resolves when what has to be on record is. */
export async function takeMessage(
  message: Message,
  { me, isEdited }: { me: Me; isEdited: boolean },
  deps: ReceiveDeps,
): Promise<void> {
  const requester = writerOf(message);
  if (!requester || (isEdited && (message.edit_date ?? 0) - message.date > EDIT_SECONDS)) return;
  const locale = message.from?.language_code ?? 'en';
  const incoming = { message, requester, locale, isEdited };
  const intent = readIntent(message, me, deps.spoken);
  if (intent.type === 'picture') return takePicture(incoming, intent, deps);
  if (isEdited) return;
  switch (intent.type) {
    case 'album':
      if (await deps.store.tasks.byRequestKey(keyOf(message, intent.album)))
        await tellAlbum(incoming, intent.album, deps);
      return;
    case 'command':
      return takeCommand(incoming, intent, me, deps);
    case 'words':
      if (!(await isAnswer(incoming, intent, deps)) && intent.orHelp) await sayHow(message, { locale, me }, deps);
      return;
    case 'help':
      return sayHow(message, { locale, me }, deps);
  }
}

async function takeCommand(
  { message, requester, locale }: IncomingMessage,
  { command, words }: Extract<MessageIntent, { type: 'command' }>,
  me: Me,
  deps: ReceiveDeps,
): Promise<void> {
  const origin = { requestKey: keyOf(message), requester, place: placeOf(message), locale };
  if (command === helpCommand) return sayHelp(message, origin, me, deps);
  const given = filledIn(command, parseCaption(words, command, locale));
  await showReply(await command.execute(origin, given, deps), heardIn(message, origin, deps), deps);
}

/** Whether it was the answer to a question, and was taken as that. */
async function isAnswer(
  incoming: IncomingMessage,
  { words, replyTo }: Extract<MessageIntent, { type: 'words' }>,
  deps: ReceiveDeps,
): Promise<boolean> {
  const { message, requester } = incoming;
  const chat = String(message.chat.id);
  const named = replyTo === undefined ? undefined : await deps.questions.byMessage(chat, replyTo);
  const isPrivate = message.chat.type === 'private';
  const question = named ?? (isPrivate ? await deps.questions.latest(chat, requester.id) : undefined);
  if (question?.person !== requester.id) return false;
  await answerQuestion(incoming, { question, words, asking: named && replyTo }, deps);
  return true;
}
