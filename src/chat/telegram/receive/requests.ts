import type { Message } from 'grammy/types';
import { again } from '../../../../commands/again.ts';
import { animate, declaredProblem, type RemotePicture } from '../../../../commands/animate.ts';
import type { Reply } from '../../../../commands/reply.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { ListenDeps } from '../../platform.ts';
import { MAX_DOWNLOAD_BYTES, placeOf, writerOf } from '../places.ts';
import { plain } from '../texts.ts';
import type { Answers } from './answers.ts';
import { type Me, type MessageIntent, readIntent } from './incoming.ts';
import { parseCaption } from './parse-caption.ts';
import type { Question, Questions } from './questions.ts';

/** The pictures of an album come one by one; the caption may be the second one's. */
const ALBUM_MS = 1_500;
/**
 * An edit is a request for so long after the message, as long as a question is open. Telegram tells of edits at any
 * time, also of some that nobody made, and what became of an old message may be forgotten here: it must not begin anew.
 */
const EDIT_SECONDS = 24 * 3_600;

/** Somebody's message, ready to be acted on. */
interface IncomingMessage {
  message: Message;
  requester: { id: string; name: string };
  locale: string;
  edited: boolean;
}

/** Takes what people write: each resolves when what has to be on record is. */
export interface Requests {
  take(message: Message, me: Me & { seesAll: boolean }, edited: boolean): Promise<void>;
}

export function createRequests(
  deps: Pick<ListenDeps, 'store' | 'provider' | 'admission' | 'defaultFit' | 'wake'> & {
    questions: Questions;
    answers: Answers;
    sleep: (ms: number) => Promise<void>;
  },
): Requests {
  const { store, questions, answers, wake, sleep } = deps;

  /** Tells the person what became of the request; whether it is on record. */
  async function tell({ message }: IncomingMessage, reply: Reply): Promise<boolean> {
    if (reply.type === 'refused') await answers.later(() => answers.reply(message, plain(reply.text)));
    if (reply.type !== 'taken') return false;
    // The worker answers, with the card.
    if (reply.created) wake();
    return true;
  }

  async function picture(said: IncomingMessage, asked: Extract<MessageIntent, { kind: 'picture' }>): Promise<void> {
    const { message, requester, locale, edited } = said;
    const place = placeOf(message, asked.answers);
    const { album } = asked;
    if (album !== undefined && (await isLaterOfAlbum(said, asked, album))) return;
    // Words that answer one's own photo may be the answer to the question about it.
    const open = asked.answers === message.message_id ? undefined : await questions.latest(place.chat, requester.id);
    if (open?.for === 'picture' && open.place.message === place.message && asked.words !== '')
      return answer(said, open, asked.words);
    const requestKey = keyOf(message, album);
    const refused = await refusal(asked.picture, requestKey, locale);
    if (refused !== undefined) return void (await tell(said, { type: 'refused', text: refused }));

    if (album !== undefined) await questions.begin(place.chat, album, asked.answers);

    const { scene, options } = parseCaption(asked.words);
    const question: Question = {
      ...{ for: 'picture', requestKey, person: requester.id, place, picture: asked.picture, options },
      ...(album === undefined ? {} : { album }),
    };
    if (scene === '') return edited || (await store.tasks.byRequestKey(requestKey)) ? undefined : ask(said, question);
    const request = { requestKey, requester, place, locale, scene, options, picture: asked.picture };
    if (await tell(said, await animate(request, deps))) return questions.close(question);
    // The refusal is of the album: nothing more is said of its other pictures.
    if (album !== undefined) await questions.firstSaid(place.chat, album);
  }

  /** What can be said against the picture at once; nothing where the request is on record already. */
  async function refusal(picture: RemotePicture, requestKey: string, locale: string): Promise<string | undefined> {
    const { bytes = 0, ...unweighed } = picture.told;
    const how = { ...deps, locale };
    // Of what is no picture at all it is not said how to send it smaller.
    const text =
      bytes > MAX_DOWNLOAD_BYTES
        ? (declaredProblem(unweighed, how) ?? messagesFor(locale).telegram.pictureTooLarge(bytes, MAX_DOWNLOAD_BYTES))
        : declaredProblem(picture.told, how);
    return text !== undefined && (await store.tasks.byRequestKey(requestKey)) ? undefined : text;
  }

  /** The first picture of an album is the request; words with a later one are the answer that may be awaited. */
  async function isLaterOfAlbum(
    said: IncomingMessage,
    { answers: id, words }: Extract<MessageIntent, { kind: 'picture' }>,
    album: string,
  ): Promise<boolean> {
    const chat = String(said.message.chat.id);
    const first = await questions.firstOf(chat, album);
    if (first === undefined || first === id) return false;
    const open = await questions.latest(chat, said.requester.id);
    if (words !== '' && open?.for === 'picture' && open.album === album) await answer(said, open, words);
    await tellAlbum(said, album);
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
      ...(isPrivate ? {} : { forceReply: { placeholder: words.scenePlaceholder } }),
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

  async function answer(said: IncomingMessage, question: Question, words: string, asking?: number): Promise<void> {
    const { requester, locale } = said;
    const { scene, options } = parseCaption(words);
    const { requestKey, place } = question;
    const request = { requestKey, requester, place, locale, scene, options };
    const reply =
      question.for === 'task'
        ? await again({ ...request, taskId: question.taskId }, deps)
        : await animate({ ...request, picture: question.picture, options: { ...question.options, ...options } }, deps);
    if (await tell(said, reply)) await questions.close(question, asking);
  }

  async function words(said: IncomingMessage, asked: Extract<MessageIntent, { kind: 'words' }>): Promise<boolean> {
    const { message, requester } = said;
    const chat = String(message.chat.id);
    const { replyTo } = asked;
    const named = replyTo === undefined ? undefined : await questions.byMessage(chat, replyTo);
    const question =
      named ?? (message.chat.type === 'private' ? await questions.latest(chat, requester.id) : undefined);
    if (question?.person !== requester.id) return false;
    await answer(said, question, asked.words, named && replyTo);
    return true;
  }

  async function help({ message, locale }: IncomingMessage, me: Me & { seesAll: boolean }): Promise<void> {
    const text = messagesFor(locale).telegram;
    const inGroup = `${text.helpInGroups(me.username)}\n${me.seesAll ? text.seesAll : text.seesAddressed}`;
    const line = plain(message.chat.type === 'private' ? text.help : inGroup);
    await answers.later(() => answers.reply(message, line));
  }

  return {
    async take(message, me, edited) {
      const requester = writerOf(message);
      if (!requester || (edited && (message.edit_date ?? 0) - message.date > EDIT_SECONDS)) return;
      const said: IncomingMessage = { message, requester, locale: message.from?.language_code ?? 'en', edited };
      const asked = readIntent(message, me);
      if (asked.kind === 'picture') return picture(said, asked);
      if (edited) return;
      if (asked.kind === 'album') {
        if (await store.tasks.byRequestKey(keyOf(message, asked.album))) await tellAlbum(said, asked.album);
      } else if (asked.kind === 'help') await help(said, me);
      else if (asked.kind === 'words') {
        if (!(await words(said, asked)) && asked.orHelp) await help(said, me);
      }
    },
  };
}

/** The same however often it is told. */
const keyOf = (message: Message, album: string | undefined): string =>
  album === undefined
    ? `telegram:${message.chat.id}:${message.message_id}`
    : `telegram:${message.chat.id}:album:${album}`;
