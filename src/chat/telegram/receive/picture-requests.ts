import { declaredProblem } from '../../../../commands/animate.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { fitSchema } from '../../../task/picture.ts';
import type { ListenDeps } from '../../platform.ts';
import { MAX_DOWNLOAD_BYTES, placeOf } from '../places.ts';
import { plain } from '../texts.ts';
import type { AnswerQuestion } from './answer-question.ts';
import type { Answers } from './answers.ts';
import type { PictureIntent } from './incoming.ts';
import { heardIn, type IncomingMessage, keyOf } from './message.ts';
import { parseCaption } from './parse-caption.ts';
import type { Question, Questions } from './questions.ts';
import type { Replies } from './replies.ts';
import { filledIn, optionOf } from './spoken.ts';

/** The pictures of an album come one by one; the caption may be the second one's. */
const ALBUM_MS = 1_500;

/** Takes pictures that a command is to work on, and asks for its words where they are missing. */
export interface PictureRequests {
  take(incoming: IncomingMessage, intent: PictureIntent): Promise<void>;
  /** Says once of each album that only its first picture is taken. */
  tellAlbum(incoming: IncomingMessage, album: string): Promise<void>;
}

export function createPictureRequests(
  deps: ListenDeps & {
    questions: Questions;
    answers: Answers;
    replies: Replies;
    answerQuestion: AnswerQuestion;
    sleep: (ms: number) => Promise<void>;
  },
): PictureRequests {
  const { store, provider, defaultFit, questions, answers, replies, answerQuestion, sleep } = deps;

  async function take(incoming: IncomingMessage, intent: PictureIntent): Promise<void> {
    const { message, requester, locale, isEdited } = incoming;
    const { command, picture, album, words } = intent;
    const place = placeOf(message, intent.answers);
    if (album !== undefined && (await isLaterOfAlbum(incoming, intent, album))) return;
    // Words that answer one's own photo may be the answer to the question about it.
    const open = intent.answers === message.message_id ? undefined : await questions.latest(place.chat, requester.id);
    if (open?.type === 'picture' && open.place.message === place.message && words !== '')
      return answerQuestion(incoming, open, words);

    const requestKey = keyOf(message, album);
    const origin = { requestKey, requester, place, locale };
    const heard = heardIn(message, origin, answers);
    const { text, given } = parseCaption(words, command, locale);
    const hasNoWords = text === '' && optionOf(command, 'text')?.required === true;
    const refused = refusal(intent, { locale, given, hasNoWords });
    if (refused !== undefined) {
      if (!(await store.tasks.byRequestKey(requestKey))) await replies.show({ type: 'refused', text: refused }, heard);
      return;
    }
    if (album !== undefined) await questions.begin(place.chat, album, intent.answers);
    const person = requester.id;
    if (hasNoWords) {
      if (isEdited || (await store.tasks.byRequestKey(requestKey))) return;
      return ask(incoming, {
        type: 'picture',
        requestKey,
        person,
        place,
        command: command.name,
        given,
        picture,
        album,
      });
    }
    const reply = await command.execute(origin, filledIn(command, { text, given, picture }), deps);
    await replies.show(reply, heard);
    if (reply.type === 'taken') return questions.close({ requestKey, person, place });
    // The refusal is of the album: nothing more is said of its other pictures.
    if (album !== undefined) await questions.firstSaid(place.chat, album);
  }

  /**
   * What can be said against a picture before its command judges the request: that Telegram does not give it to bots;
   * where its words have to be asked for first, also what the command would say whatever they are.
   */
  function refusal(
    { picture }: PictureIntent,
    { locale, given, hasNoWords }: { locale: string; given: Record<string, unknown>; hasNoWords: boolean },
  ): string | undefined {
    const how = { provider, locale, fit: fitSchema.catch(defaultFit).parse(given.fit) };
    const { bytes = 0, ...unweighed } = picture.declared;
    // Of what is no picture at all it is not said how to send it smaller.
    if (bytes > MAX_DOWNLOAD_BYTES)
      return declaredProblem(unweighed, how) ?? messagesFor(locale).telegram.pictureTooLarge(bytes, MAX_DOWNLOAD_BYTES);
    return hasNoWords ? declaredProblem(picture.declared, how) : undefined;
  }

  /** The first picture of an album is the request; words with a later one are the answer that may be awaited. */
  async function isLaterOfAlbum(
    incoming: IncomingMessage,
    { answers: id, words }: PictureIntent,
    album: string,
  ): Promise<boolean> {
    const chat = String(incoming.message.chat.id);
    const first = await questions.firstOf(chat, album);
    if (first === undefined || first === id) return false;
    const open = await questions.latest(chat, incoming.requester.id);
    if (words !== '' && open?.type === 'picture' && open.album === album) await answerQuestion(incoming, open, words);
    await tellAlbum(incoming, album);
    return true;
  }

  async function tellAlbum({ message, locale }: IncomingMessage, album: string): Promise<void> {
    if (!(await questions.firstSaid(String(message.chat.id), album))) return;
    const text = messagesFor(locale).telegram.albumRest;
    await answers.later(() => answers.reply(message, plain(text)));
  }

  async function ask({ message, requester, locale }: IncomingMessage, question: Question): Promise<void> {
    const chat = String(message.chat.id);
    const open = await questions.latest(chat, requester.id);
    if (open?.requestKey === question.requestKey) return;
    await questions.open(question);
    const words = messagesFor(locale).telegram;
    const isPrivate = message.chat.type === 'private';
    const line = {
      ...plain(isPrivate ? words.askScene : words.askSceneReply),
      forceReply: isPrivate ? undefined : { placeholder: words.scenePlaceholder },
    };
    await answers.later(async () => {
      if (message.media_group_id !== undefined) {
        await sleep(ALBUM_MS);
        if (!(await questions.latest(chat, requester.id))) return;
      }
      const at = await answers.reply(message, line);
      if (at) await questions.asked(question, at.message);
    });
  }

  return { take, tellAlbum };
}
