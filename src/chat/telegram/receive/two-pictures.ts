import type { Command } from '../../../../commands/table.ts';
import { takesIn } from '../../../../commands/takes.ts';
import { checkDeclared, type RemotePicture, remotePictureSchema } from '../../../media/pictures/declared.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { saysFromTo } from '../../../messages/typed.ts';
import { capabilitiesOf } from '../../../providers/models.ts';
import type { Provider } from '../../../providers/provider.ts';
import type { Task } from '../../../task/task.ts';
import { canPress, placeOf, requestKeyOf } from '../places.ts';
import { plain } from '../texts.ts';
import { make } from './answer-question.ts';
import { sayBack } from './ask.ts';
import type { ReceiveDeps } from './deps.ts';
import type { PictureIntent } from './incoming.ts';
import { below, heardIn, type IncomingMessage } from './message.ts';
import { originOf } from './origin.ts';
import { parseCaption } from './parse-caption.ts';
import type { Question } from './questions.ts';
import { lastOf } from './spoken.ts';

/** The second picture of an album is told with the first, or a moment later. */
const SECOND_MS = 5_000;
const ARROW = /^(→|->)$/;

/** The name under which it is on record which picture of an album its clip ends on. */
const lastKey = (album: string): string => `${album}:last`;
type AboutPicture = Extract<Question, { type: 'picture' }>;

/** Words that only say how it goes from one picture to the other are no scene. */
const sceneOf = (text: string): string => (ARROW.test(text.trim()) ? '' : text);

/** An arrow means two pictures; "from … to" may be a scene of one: "from the sky snow falls to the ground". */
const hasArrow = (text: string): boolean => /→|->/.test(text);

const canEndOn = ({ model }: Record<string, unknown>, provider: Provider): boolean =>
  capabilitiesOf(provider, typeof model === 'string' ? model : undefined).lastFrame === true;

/** What may be meant otherwise costs nothing, or can be asked about. */
const mayGuess = (requester: Task['requester'], { capabilities }: Provider): boolean =>
  !capabilities.paid || canPress(requester);

/** What is written beside a picture. */
interface Caption {
  text: string;
  given: Record<string, unknown>;
}

/** Whether a command's clip is to end on an album's second picture, by what is written beside the two. */
const isMeant = (
  { text, given }: Caption,
  { command, requester }: { command: Command; requester: Task['requester'] },
  provider: Provider,
): boolean =>
  lastOf(command) !== undefined &&
  (hasArrow(text) || (saysFromTo(text) && canEndOn(given, provider) && mayGuess(requester, provider)));

/**
 * A picture that answers another: the clip goes from that one to this, where the words say so or the model that makes it can;
 * `isGuess`: it is said back before it costs anything. Undefined where this one alone is meant.
 */
export function pairIn(
  { picture, replied, command }: PictureIntent,
  { text, given }: Caption,
  { requester, provider }: { requester: Task['requester']; provider: Provider },
): (Caption & { picture: RemotePicture; isGuess: boolean }) | undefined {
  const option = lastOf(command);
  if (!replied || !option || !isPicture(replied)) return undefined;
  const isGuess = !saysFromTo(text);
  // The answer to a question for words is not always said back.
  const isSafe = !provider.capabilities.paid || (text !== '' && mayGuess(requester, provider));
  if (isGuess && !(canEndOn(given, provider) && isSafe)) return undefined;
  return { picture: replied, text: sceneOf(text), given: { ...given, [option.name]: picture }, isGuess };
}

/** As far as Telegram says: a film or a document that is answered is none. */
function isPicture({ declared }: RemotePicture): boolean {
  if (!declared.type?.startsWith('image/')) return false;
  try {
    checkDeclared(declared, 'crop', []);
    return true;
  } catch {
    return false;
  }
}

type AwaitDeps = Pick<ReceiveDeps, 'questions' | 'clock' | 'ending'> & {
  answers: Pick<ReceiveDeps['answers'], 'later' | 'say'>;
};

/** Keeps the first picture of an album, with words that say that the clip goes to the second, until that one is told. */
export async function awaitSecond(
  { message, locale }: IncomingMessage,
  question: AboutPicture,
  { questions, answers, clock, ending }: AwaitDeps,
): Promise<void> {
  const { requestKey, words = '' } = question;
  if (await questions.find(requestKey)) return;
  await questions.open({ ...question, words: sceneOf(words), awaitsLast: true });
  await answers.later(async () => {
    await clock.sleep(SECOND_MS, ending);
    // It may come to the next process.
    if (ending.aborted) return;
    const open = await questions.find(requestKey);
    if (open?.type !== 'picture' || !open.awaitsLast) return;
    await questions.close(open);
    await answers.say(below(message), plain(messagesFor(locale).telegram.secondNeverCame));
  });
}

/** Whether an album's words, which stand beside its first picture, say that its clip goes to its second. */
export const awaitsSecond = (
  { album, command }: PictureIntent,
  caption: Caption,
  { requester, provider }: { requester: Task['requester']; provider: Provider },
): boolean => album !== undefined && isMeant(caption, { command, requester }, provider);

/** Which picture of an album its clip ends on, by the message; undefined: on none. */
export const secondOf = (chat: string, album: string, { onceSaid }: ReceiveDeps): Promise<number | undefined> =>
  onceSaid.firstOf(chat, lastKey(album));

/** Takes a later picture of an album as the one that its clip ends on. False where it is not. */
export async function takeSecond(
  incoming: IncomingMessage,
  { album, picture, words = '' }: { album: string; picture: RemotePicture; words?: string },
  deps: ReceiveDeps,
): Promise<boolean> {
  const { message, requester, locale } = incoming;
  const { questions, onceSaid, provider } = deps;
  const { message_id: id } = message;
  const chat = String(message.chat.id);
  const second = await secondOf(chat, album, deps);
  const open = await questions.find(requestKeyOf(message, deps, album));
  const command = open?.type === 'picture' ? deps.commands.find(({ name }) => name === open.command) : undefined;
  const option = command && lastOf(command);
  if (open?.type !== 'picture' || !command || !option) return second === id;
  if (second === undefined) {
    // This process, or one before it, was ended before it was on record which message's picture that is.
    const kept = remotePictureSchema.safeParse(open.given[option.name]).data;
    const isKept = kept !== undefined && [open.picture.ref, kept.ref].includes(picture.ref);
    if (!isKept) {
      const { text, given } = parseCaption(words, command, locale);
      const caption = { text, given: { ...open.given, ...given } };
      const says = open.words === undefined && isMeant(caption, { command, requester }, provider);
      if (!open.awaitsLast && !says) return false;
      // Told in another order than they stand in.
      const isEarlier = id < ((await onceSaid.firstOf(chat, album)) ?? 0);
      const [first, last] = isEarlier ? [picture, open.picture] : [open.picture, picture];
      await questions.keep({
        ...open,
        picture: first,
        given: { ...caption.given, [option.name]: last },
        words: open.words ?? sceneOf(text),
        awaitsLast: undefined,
      });
    }
    await onceSaid.begin(chat, lastKey(album), id);
  } else if (second !== id) return false;
  const whole = await questions.find(open.requestKey);
  if (!whole) return true;
  const place = placeOf(message, deps, Number(whole.place.message));
  const heard = heardIn(message, originOf({ requestKey: whole.requestKey, requester, place, locale }, deps), deps);
  const isSure = whole.words === '' || hasArrow(whole.words ?? '');
  const costs = (takesIn(whole.given) > 1 || !isSure) && provider.capabilities.paid;
  if ((deps.confirms || costs) && canPress(requester)) await sayBack(whole, { target: below(message), locale }, deps);
  else await make(whole, heard, deps);
  return true;
}
