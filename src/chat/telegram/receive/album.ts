import { messagesFor } from '../../../messages/messages.ts';
import { plain } from '../texts.ts';
import { answerQuestion } from './answer-question.ts';
import type { ReceiveDeps } from './deps.ts';
import type { PictureIntent } from './incoming.ts';
import { askerOf, below, type IncomingMessage } from './message.ts';
import { secondOf, takeSecond } from './two-pictures.ts';

/** The first picture of an album is the request; words with a later one are the answer that may be awaited. */
export async function isLaterOfAlbum(
  incoming: IncomingMessage,
  { answers: id, words, album, picture }: PictureIntent & { album: string },
  deps: ReceiveDeps,
): Promise<boolean> {
  const { questions, onceSaid } = deps;
  const chat = String(incoming.message.chat.id);
  const first = await onceSaid.firstOf(chat, album);
  if (first === undefined || first === id) return false;
  if (await takeSecond(incoming, { album, picture, words }, deps)) return true;
  const open = await questions.latest(chat, incoming.requester.id);
  if (words !== '' && open?.type === 'picture' && open.album === album)
    await answerQuestion(incoming, { question: open, words, isReply: true }, deps);
  await tellAlbum(incoming, album, deps);
  return true;
}

/** Says once of each album that only its first picture is taken, or its first two. */
export async function tellAlbum({ message, locale }: IncomingMessage, album: string, deps: ReceiveDeps): Promise<void> {
  const { onceSaid, answers } = deps;
  const chat = String(message.chat.id);
  if (!(await onceSaid.isFirst(chat, `album:${album}`))) return;
  const { albumRest, albumRestOfTwo } = messagesFor(locale).telegram;
  const isOfTwo = (await secondOf(chat, album, deps)) !== undefined;
  await answers.whisper(below(message), plain(isOfTwo ? albumRestOfTwo : albumRest), askerOf(message));
}
