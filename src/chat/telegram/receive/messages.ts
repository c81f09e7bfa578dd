import type { Message } from 'grammy/types';
import { cancelCommand } from '../../../../commands/cancel.ts';
import { helpCommand } from '../../../../commands/help.ts';
import type { Command } from '../../../../commands/table.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { wakeWaiting } from '../../kit/wake-waiting.ts';
import { type OfBot, placeOf, requestKeyOf, writerOf } from '../places.ts';
import { tellAlbum } from './album.ts';
import { closeQuestion } from './ask.ts';
import { filledByWords, personMeant } from './command-words.ts';
import type { ReceiveDeps } from './deps.ts';
import { sayHelp, sayHow, sayUnknown } from './help.ts';
import { type Me, type MessageIntent, readIntent } from './incoming.ts';
import { heardIn, type IncomingMessage } from './message.ts';
import { originOf } from './origin.ts';
import { parseCaption } from './parse-caption.ts';
import { takePicture } from './picture-requests.ts';
import type { Question } from './questions.ts';
import { showReply } from './show-reply.ts';
import { optionOf } from './spoken.ts';
import { takeSecond } from './two-pictures.ts';
import { takeWords } from './words.ts';

/**
 * An edit is a request for so long after the message, as long as a question is open. Telegram tells of edits at any
 * time, also of some that nobody made, and what became of an old message may be forgotten here: it must not begin anew.
 */
const EDIT_SECONDS = 24 * 3_600;
/** Stickers, voices and the like are met with the help once in so long. */
const HELP_MS = 10 * 60_000;

/** The question that a message, if it is somebody's in a private chat, answers. */
export async function awaitedBy(message: Message, { questions }: ReceiveDeps): Promise<Question | undefined> {
  const requester = writerOf(message);
  return requester && questions.awaited(String(message.chat.id), requester.id);
}

/** Where a message is most likely a request: has what admission asks asked along. */
export async function askAhead(message: Message, me: Me, deps: ReceiveDeps): Promise<void> {
  const requester = writerOf(message);
  const intent = readIntent(message, me, deps.spoken);
  if (!requester || intent.type !== 'picture' || intent.words === '') return;
  const place = placeOf(message, deps, intent.answers);
  const asked = { requester, place, provider: deps.provider.name };
  deps.admission.ahead(asked, requestKeyOf(message, deps, intent.album));
}

/** Takes a person's message; resolves when what has to be on record is. `awaited`: as `awaitedBy` tells. */
export async function takeMessage(
  message: Message,
  { me, isEdited, awaited }: { me: Me; isEdited: boolean; awaited: Question | undefined },
  deps: ReceiveDeps,
): Promise<void> {
  const requester = writerOf(message);
  if (!requester || (isEdited && (message.edit_date ?? 0) - message.date > EDIT_SECONDS)) return;
  const locale = message.from?.language_code ?? 'en';
  const incoming = { message, requester, locale, isEdited, awaited };
  const intent = readIntent(message, me, deps.spoken);
  if (isEdited && intent.type !== 'picture') return;
  await takeIntent(incoming, intent, me, deps);
  if (awaited && isAboutSomethingElse(message, intent, { awaited, deps })) await deps.questions.passed(awaited);
}

async function takeIntent(incoming: IncomingMessage, intent: MessageIntent, me: Me, deps: ReceiveDeps): Promise<void> {
  const { message, requester, locale } = incoming;
  const how = { locale, me };
  switch (intent.type) {
    case 'picture':
      return takePicture(incoming, intent, deps);
    case 'album':
      if (await takeSecond(incoming, intent, deps)) return;
      return takeOtherOfAlbum(incoming, intent.album, deps);
    case 'command':
      return takeCommand(incoming, intent, me, deps);
    case 'words':
      if (!(await takeWords(incoming, intent, deps)) && intent.orHelp) await sayHow(message, how, deps);
      return;
    case 'unknown':
      return sayUnknown(message, { locale, name: intent.name }, deps);
    case 'start':
      // Only now may the bot write there: what was meant for this person comes.
      await wakeWaiting(deps.platform, { chat: String(message.chat.id), person: requester.id }, deps);
      return sayHow(message, how, deps);
    case 'help':
      // A text says something anew each time.
      if (
        message.text !== undefined ||
        (await deps.onceSaid.isFirst(String(message.chat.id), `help:${requester.id}`, HELP_MS))
      )
        await sayHow(message, how, deps);
  }
}

/** Another picture of an album that this bot, and no other, makes a clip of. */
async function takeOtherOfAlbum(incoming: IncomingMessage, album: string, deps: ReceiveDeps): Promise<void> {
  const task = await deps.store.tasks.byRequestKey(requestKeyOf(incoming.message, deps, album));
  if (task?.place.platform === deps.platform) await tellAlbum(incoming, album, deps);
}

/** Whether a message shows that the question of its chat will not be answered by the next one. */
function isAboutSomethingElse(
  message: Message,
  intent: MessageIntent,
  { awaited, deps }: { awaited: Question; deps: OfBot },
): boolean {
  const { media_group_id: album } = message;
  if (intent.type === 'words') return intent.replyTo !== undefined && intent.asked === undefined;
  // After a kill the picture that is asked about is told once more.
  if (intent.type === 'picture') return requestKeyOf(message, deps, album) !== awaited.requestKey;
  return intent.type === 'help';
}

async function takeCommand(
  incoming: IncomingMessage,
  { command, words }: Extract<MessageIntent, { type: 'command' }>,
  me: Me,
  deps: ReceiveDeps,
): Promise<void> {
  const { message, requester, locale } = incoming;
  const isForum = message.chat.is_forum === true;
  const asked = { requestKey: requestKeyOf(message, deps), requester, place: placeOf(message, deps), locale };
  const origin = originOf(asked, deps, { isForum });
  if (command === helpCommand) return sayHelp(message, origin, me, deps);
  const heard = heardIn(message, origin, deps);
  // Other people's updates do not wait for Telegram's word on this person.
  if (command.who === 'managers')
    return deps.answers.later(async () => showReply(await command.execute(origin, {}, deps), heard, deps));
  const closed = command === cancelCommand ? await closeAsked(incoming, deps) : undefined;
  const given = givenIn(message, { command, words, locale, me });
  const reply = closed === 'awaited' ? undefined : await command.execute(origin, given, deps);
  if (reply && !(closed && reply.type === 'refused')) return showReply(reply, heard, deps);
  return heard.say(messagesFor(locale).telegram.closed);
}

function givenIn(
  message: Message,
  { command, words, locale, me }: { command: Command; words: string; locale: string; me: Me },
): Record<string, unknown> {
  const option = optionOf(command, 'person');
  const meant = option ? personMeant(message, words, me) : { words, person: undefined };
  const { text, given } = parseCaption(meant.words, command, locale);
  if (option && meant.person !== undefined) given[option.name] = meant.person;
  return Object.assign(filledByWords(command, text, locale), given);
}

/**
 * Closes the question that is open for this person there. One whose answer was awaited just now is what is meant to be
 * cancelled; beside an older one clips under way are, too.
 */
async function closeAsked(
  { message, requester }: IncomingMessage,
  deps: ReceiveDeps,
): Promise<'awaited' | 'closed' | undefined> {
  const chat = String(message.chat.id);
  const awaited = await deps.questions.awaited(chat, requester.id);
  const open = awaited ?? (await deps.questions.latest(chat, requester.id));
  if (!open) return undefined;
  await closeQuestion(open, deps);
  return awaited ? 'awaited' : 'closed';
}
