import { chosenAt } from '../../../../commands/settings/at-place.ts';
import type { Command } from '../../../../commands/table.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { shortened } from '../../kit/text.ts';
import { personIdOf, type TelegramTarget } from '../places.ts';
import type { TextMessage } from '../send/post.ts';
import { called, lines, MAX_TEXT, plain, quoted, type Text } from '../texts.ts';
import { type Chosen, mayBeWordless, questionKeyboard, usualChoices } from './choices.ts';
import type { ReceiveDeps } from './deps.ts';
import type { Question } from './questions.ts';
import { lastOf, pictureCommandOf } from './spoken.ts';

/** Leaves room for the question. */
const MAX_VALUE = MAX_TEXT - 500;

/** How a question is put. */
export interface Asking {
  target: TelegramTarget;
  locale: string;
  /** Asked once its turn has come: where it is answered meanwhile, nothing is said. */
  isWanted?: () => Promise<boolean>;
  /** Another question than usual, and the scene that stands there already. */
  text?: string;
  value?: string;
  /** Said before it. */
  note?: Text;
  /** Where it is no scene. */
  wants?: 'picture';
  /** Who pressed, by name: the line answers no message of theirs. */
  name?: string;
}

/** Opens a question and posts the line that asks it, unless it is open already. */
export async function ask(question: Question, asking: Asking, deps: ReceiveDeps): Promise<void> {
  const { questions, answers } = deps;
  if (await questions.find(question.requestKey)) return;
  await questions.open(question);
  const line = await lineOf(question, asking, deps);
  await answers.later(async () => {
    if (asking.isWanted && !(await asking.isWanted())) return;
    const at = await answers.post(asking.target, line);
    if (at) await questions.asked(question, at.message);
  }, question.requestKey);
}

/** Takes the words that answer a question, says what will be made of them, and waits for **Go**. */
export async function sayBack(question: Question, asking: Asking, deps: ReceiveDeps): Promise<void> {
  const { questions, answers } = deps;
  await questions.open(question);
  const line = await lineOf(question, asking, deps);
  await answers.later(async () => {
    // Once the line is there a press under it may put that one on record before this.
    const before = await questions.messageOf(question);
    const at = await answers.post(asking.target, line);
    if (!at) return;
    await questions.asked(question, at.message);
    if (before !== undefined) await takeBack(question, before, deps);
  }, question.requestKey);
}

/** The command whose options a question offers: those of another take are those of a first one. */
export const commandOf = (question: Question, { commands }: Pick<ReceiveDeps, 'commands'>): Command | undefined =>
  question.type === 'picture' ? commands.find(({ name }) => name === question.command) : pictureCommandOf(commands);

/** Buttons under a question as things stand; none without its command. */
async function keyboardOf(question: Question, locale: string, deps: ReceiveDeps) {
  const command = commandOf(question, deps);
  if (!command) return undefined;
  const task = question.type === 'action' ? await deps.store.tasks.get(question.taskId) : undefined;
  const chosen: Chosen = task?.options ?? usualChoices(await chosenAt(question.place, deps.store), deps);
  const isOfNext = task?.goesOn !== undefined;
  return questionKeyboard(question, { command, chosen, locale, isOfNext }, deps);
}

/** Brings the buttons under a question up to date. */
export async function redraw(question: Question, locale: string, deps: ReceiveDeps): Promise<void> {
  const { place, requestKey } = question;
  const keyboard = await keyboardOf(question, locale, deps);
  await deps.answers.later(async () => {
    const message = await deps.questions.messageOf(question);
    if (message === undefined || !keyboard) return;
    await deps.answers.patiently(() =>
      deps.poster.throttled(place.chat, { priority: 'answer', key: `choices:${requestKey}` }, (api, signal) =>
        api.editMessageReplyMarkup(place.chat, message, { reply_markup: keyboard }, signal),
      ),
    );
  }, requestKey);
}

/** It is over: what asks it goes away. */
export async function closeQuestion(question: Question, deps: ReceiveDeps): Promise<void> {
  await deps.questions.close(question);
  await deps.answers.later(async () => {
    const message = await deps.questions.messageOf(question);
    if (message !== undefined) await takeBack(question, message, deps);
  }, question.requestKey);
}

const takeBack = ({ place: { chat } }: Question, message: number, { poster }: ReceiveDeps) =>
  poster.remove({ chat, message });

async function lineOf(
  question: Question,
  { locale, text, value, note = plain(''), name, wants }: Asking,
  deps: ReceiveDeps,
): Promise<TextMessage> {
  const { telegram: words, wordless, endsOn } = messagesFor(locale);
  const { person, place } = question;
  const isPrivate = !place.chat.startsWith('-');
  if (question.words !== undefined) {
    const scene = shortened(question.words || wordless, MAX_VALUE);
    const command = commandOf(question, deps);
    const hasLast = command && question.given[lastOf(command)?.name ?? ''] !== undefined;
    const last = plain(hasLast ? endsOn([]) : '');
    const line = lines(note, plain(text ?? words.sayBack({ isPrivate })), quoted(scene), last);
    return { ...line, keyboard: await keyboardOf(question, locale, deps) };
  }
  if (wants === 'picture')
    return lines(plain(words.askOtherPicture(text ?? '')), quoted(shortened(value ?? '', MAX_VALUE)));
  const told: Text = lines(
    note,
    plain(
      text === undefined
        ? words.askScene({ isPrivate, mayBeWordless: mayBeWordless(question, deps) })
        : words.askOtherScene(text, { isPrivate }),
    ),
    quoted(shortened(value ?? '', MAX_VALUE)),
  );
  if (isPrivate) return { ...told, keyboard: await keyboardOf(question, locale, deps) };
  // The answer field opens for those only who are answered or mentioned.
  const id = personIdOf(person);
  const line = name === undefined || id === undefined ? told : called({ id, name }, told);
  return { ...line, forceReply: { placeholder: words.scenePlaceholder } };
}
