import { declaredProblem } from '../../../../commands/animate.ts';
import { chosenAt, partsAt } from '../../../../commands/settings/at-place.ts';
import { takesIn } from '../../../../commands/takes.ts';
import { type RemotePicture, remotePictureSchema } from '../../../media/pictures/declared.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { creditsOf } from '../../../providers/models.ts';
import { fitSchema } from '../../../task/picture.ts';
import type { Place } from '../../../task/task.ts';
import { canPress, MAX_DOWNLOAD_BYTES, placeOf, requestKeyOf } from '../places.ts';
import { plain } from '../texts.ts';
import { isLaterOfAlbum } from './album.ts';
import { answerWithPicture, pictureWanted } from './answer-picture.ts';
import { answerQuestion } from './answer-question.ts';
import { ask, closeQuestion } from './ask.ts';
import type { ReceiveDeps } from './deps.ts';
import { takeEditedCaption } from './edited-caption.ts';
import { isTakenHere } from './first-heard.ts';
import { aboutUnknown } from './help.ts';
import type { PictureIntent } from './incoming.ts';
import { askerOf, below, heardIn, type IncomingMessage } from './message.ts';
import { originOf } from './origin.ts';
import { parseCaption } from './parse-caption.ts';
import type { Question } from './questions.ts';
import { showReply } from './show-reply.ts';
import { filledIn, lastOf, optionOf } from './spoken.ts';
import { awaitSecond, awaitsSecond, pairIn } from './two-pictures.ts';

/** The pictures of an album come one by one; the caption may be the second one's. */
const ALBUM_MS = 1_500;

/** Takes a picture that a command is to work on, and asks for its words where they are missing. */
export async function takePicture(incoming: IncomingMessage, intent: PictureIntent, deps: ReceiveDeps): Promise<void> {
  const { message, requester, locale, isEdited } = incoming;
  const { command, album, words } = intent;
  const { store, questions, onceSaid } = deps;
  if (!(await isTakenHere(incoming, intent, deps))) return;
  const place = placeOf(message, deps, intent.answers);
  if (album !== undefined && (await isLaterOfAlbum(incoming, { ...intent, album }, deps))) return;
  // Words that answer one's own photo may be the answer to the question about it.
  const open = intent.answers === message.message_id ? undefined : await questions.latest(place.chat, requester.id);
  if (open?.type === 'picture' && open.place.message === place.message && words !== '')
    return answerQuestion(incoming, { question: open, words, isReply: true }, deps);

  const requestKey = requestKeyOf(message, deps, album);
  const origin = originOf({ requestKey, requester, place, locale }, deps);
  const heard = heardIn(message, origin, deps);
  const caption = parseCaption(words, command, locale);
  const pair = pairIn(intent, caption, { requester, provider: deps.provider });
  const { text, given, picture } = pair ?? { ...caption, picture: intent.picture };
  const hasNoWords = text === '' && optionOf(command, 'text')?.required === true;
  const known = isEdited ? await store.tasks.byRequestKey(requestKey) : undefined;
  // What another bot was asked for, which hears this one's group too, is edited there.
  if (known && known.place.platform !== deps.platform) return;
  if (known) return takeEditedCaption(incoming, { task: known, origin, command, caption: { text, given } }, deps);
  const refused = await refusal({ command, picture }, { locale, given, hasNoWords, place }, deps);
  if (refused !== undefined) {
    if (!(await store.tasks.byRequestKey(requestKey))) await showReply({ type: 'refused', text: refused }, heard, deps);
    return;
  }
  const wanted = await pictureWanted(incoming, intent, deps);
  if (wanted) return answerWithPicture(incoming, { question: wanted, intent }, deps);
  if (album !== undefined) await onceSaid.begin(place.chat, album, intent.answers);
  if (album !== undefined && awaitsSecond(intent, { text, given }, { requester, provider: deps.provider })) {
    if (isEdited || (await store.tasks.byRequestKey(requestKey))) return;
    const about = { requestKey, person: requester.id, place, command: command.name, given, picture, album };
    return awaitSecond(incoming, { type: 'picture', ...about, words: text }, deps);
  }
  // What several takes cost is said before they are made, and what was perhaps not meant.
  const costs = (takesIn(given) > 1 || pair?.isGuess === true) && deps.provider.capabilities.paid;
  const waits = (deps.confirms || costs) && canPress(requester);
  if (hasNoWords || waits) {
    if ((hasNoWords && isEdited) || (await store.tasks.byRequestKey(requestKey))) return;
    const about = { requestKey, person: requester.id, place, command: command.name, given, picture, album };
    return askWords(incoming, { type: 'picture', ...about, words: text || undefined }, intent, deps);
  }
  const reply = await command.execute(origin, filledIn(command, { text, given, picture }), deps);
  await showReply(reply, heard, deps);
  if (reply.type === 'taken' && intent.unknown !== undefined) await sayPassed(incoming, intent.unknown, deps);
  // What was asked about this very message was told before, or was another: an edit, a picture of an album.
  const mayBeAsked = reply.type === 'taken' && (isEdited || album !== undefined || !reply.created);
  const asked = mayBeAsked ? await questions.find(requestKey) : undefined;
  if (asked) await closeQuestion(asked, deps);
  if (reply.type === 'taken') return;
  // The refusal is of the album: nothing more is said of its other pictures.
  if (album !== undefined) await onceSaid.isFirst(place.chat, `album:${album}`);
}

/**
 * The sentence against a picture before its command judges the request: that Telegram does not give it to bots; where its
 * words have to be asked for first, also the command's own that stand whatever they are.
 */
async function refusal(
  { picture, command }: Pick<PictureIntent, 'picture' | 'command'>,
  {
    locale,
    given,
    hasNoWords,
    place,
  }: { locale: string; given: Record<string, unknown>; hasNoWords: boolean; place: Place },
  { provider, store, defaultFit }: ReceiveDeps,
): Promise<string | undefined> {
  const last = remotePictureSchema.safeParse(given[lastOf(command)?.name ?? '']).data;
  const pictures = [{ picture, which: undefined }, ...(last ? [{ picture: last, which: 'last' as const }] : [])];
  const isHeavy = ({ declared: { bytes = 0 } }: RemotePicture): boolean => bytes > MAX_DOWNLOAD_BYTES;
  if (!hasNoWords && !pictures.some((each) => isHeavy(each.picture))) return undefined;
  const { fit = defaultFit } = await chosenAt(place, store);
  const how = { provider, locale, fit: fitSchema.catch(fit).parse(given.fit) };
  for (const { picture: heavy, which } of pictures.filter((each) => isHeavy(each.picture))) {
    const { bytes = 0, ...unweighed } = heavy.declared;
    // A file that is no picture at all is not asked for in a smaller size.
    const told = declaredProblem(unweighed, { ...how, which });
    return told ?? messagesFor(locale).telegram.pictureTooLarge(bytes, MAX_DOWNLOAD_BYTES);
  }
  const problem = pictures.map(({ picture: each, which }) => declaredProblem(each.declared, { ...how, which }));
  return command.problem(given, locale) ?? problem.find((sentence) => sentence !== undefined);
}

/** Says once that a clip is made of the words behind a command that there is not. */
async function sayPassed(
  { message, locale }: IncomingMessage,
  name: string,
  { onceSaid, answers }: ReceiveDeps,
): Promise<void> {
  if (!(await onceSaid.isFirst(String(message.chat.id), `unknown:${message.message_id}`))) return;
  const line = aboutUnknown(name, messagesFor(locale).telegram.unknownPassed);
  await answers.whisper(below(message), line, askerOf(message));
}

async function askWords(
  { message, requester, locale }: IncomingMessage,
  question: Question,
  { unknown }: PictureIntent,
  deps: ReceiveDeps,
): Promise<void> {
  const { provider, answers } = deps;
  const cost = creditsOf(provider, {});
  const { requestKey, place } = question;
  const { standing } = originOf({ requestKey, requester, place, locale }, deps);
  const asked = { requester, place, locale, standing, provider: provider.name, cost };
  const { admission } = await partsAt(place, deps);
  // No scene is written in vain.
  const denied = await admission.denialReason(asked, takesIn(question.given));
  if (denied !== undefined) return answers.say(below(message), plain(denied));
  async function isWanted(): Promise<boolean> {
    if (message.media_group_id === undefined) return true;
    await deps.clock.sleep(ALBUM_MS, deps.ending);
    return (await deps.questions.find(question.requestKey)) !== undefined;
  }
  const note = unknown === undefined ? undefined : aboutUnknown(unknown, messagesFor(locale).telegram.unknownAsked);
  await ask(question, { target: below(message), locale, isWanted, note }, deps);
}
