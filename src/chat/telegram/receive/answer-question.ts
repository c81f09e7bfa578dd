import { declaredProblem } from '../../../../commands/animate.ts';
import { seedProblem } from '../../../../commands/model-offers.ts';
import { press } from '../../../../commands/press.ts';
import { checkRequest } from '../../../../commands/record.ts';
import type { Reply } from '../../../../commands/reply.ts';
import { chosenAt } from '../../../../commands/settings/at-place.ts';
import type { Command } from '../../../../commands/table.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { isByItself } from '../../../messages/typed.ts';
import { optionsSchema } from '../../../task/options.ts';
import { fitSchema } from '../../../task/picture.ts';
import { canPress, personIdOf } from '../places.ts';
import { wantsPicture } from './answer-picture.ts';
import { closeQuestion, commandOf, redraw, sayBack } from './ask.ts';
import { mayBeWordless } from './choices.ts';
import type { ReceiveDeps } from './deps.ts';
import type { Heard } from './heard.ts';
import { below, heardIn, type IncomingMessage } from './message.ts';
import { originOf } from './origin.ts';
import { parseCaption } from './parse-caption.ts';
import type { Question } from './questions.ts';
import { rightsIn } from './rights.ts';
import { showReply } from './show-reply.ts';
import { filledIn } from './spoken.ts';

/**
 * Takes words as the answer to an open question. Where a clip costs something they are said back first, and made by **Go**:
 * the next message of a private chat may be meant otherwise, and in a group options can be chosen only there.
 */
export async function answerQuestion(
  { message, requester, locale }: IncomingMessage,
  { question, words, isReply }: { question: Question; words: string; isReply: boolean },
  deps: ReceiveDeps,
): Promise<void> {
  const { requestKey, place } = question;
  const heard = heardIn(message, originOf({ requestKey, requester, place, locale }, deps), deps);
  const command = commandOf(question, deps);
  if (!command) return make(question, heard, deps);
  if (wantsPicture(question))
    return showReply({ type: 'refused', text: messagesFor(locale).telegram.pictureFirst }, heard, deps);
  const { text, given } = parseCaption(words, command, locale);
  // The answer's options go before those that stood beside the picture.
  const scene = isByItself(text) && mayBeWordless(question, deps) ? '' : text || question.words;
  const answered: Question = { ...question, words: scene, given: { ...question.given, ...given } };
  const problem = await problemOf(answered, command, locale, deps);
  if (problem !== undefined) return showReply({ type: 'refused', text: problem }, heard, deps);
  if (question.type === 'picture' && answered.words === undefined) {
    await deps.questions.keep(answered);
    await redraw(answered, locale, deps);
    return showReply({ type: 'refused', text: messagesFor(locale).request.noScene }, heard, deps);
  }
  if (!mustWait()) return make(answered, heard, deps);
  return sayBack(answered, { target: below(message), locale }, deps);

  function mustWait(): boolean {
    const { paid } = deps.provider.capabilities;
    if (place.chat.startsWith('-')) return paid && canPress(requester);
    return !isReply && (paid || question.words !== undefined);
  }
}

const renderedWith = optionsSchema
  .pick({ model: true, duration: true, sound: true, shape: true, seed: true })
  .partial()
  .catch({});

/** What would be refused whatever comes next: said at once, and not after **Go**. */
async function problemOf(
  question: Question,
  command: Command,
  locale: string,
  { provider, store, defaultFit }: ReceiveDeps,
): Promise<string | undefined> {
  const { given, words: scene = '' } = question;
  const wrong = command.problem(given, locale);
  if (wrong !== undefined || question.type !== 'picture') return wrong;
  const chosen = await chosenAt(question.place, store);
  const fit = fitSchema.catch(chosen.fit ?? defaultFit).parse(given.fit);
  const options = renderedWith.parse(given);
  const checked = checkRequest({ scene, options, locale }, { provider, defaultFit, wordsMayCome: true });
  if ('refused' in checked) return checked.refused;
  const { model, shape } = checked.options;
  return (
    seedProblem(provider, options, locale) ??
    declaredProblem(question.picture.declared, { provider, fit, model, shape, locale })
  );
}

/** Makes the clip that a question is about, of the words in it. */
export async function make(question: Question, heard: Heard, deps: ReceiveDeps): Promise<void> {
  const command = commandOf(question, deps);
  const { locale } = heard.origin;
  const task = question.type === 'action' ? await deps.store.tasks.get(question.taskId) : undefined;
  const reply = await run();
  await showReply(reply, heard, deps);
  const isMade = reply.type === 'taken' || reply.type === 'done' || reply.type === 'deleted';
  // Nothing can come of it any more where what it asks about is gone.
  if (isMade || !command || (question.type === 'action' && !task)) await closeQuestion(question, deps);

  async function run(): Promise<Reply> {
    if (!command) return { type: 'refused', text: messagesFor(locale).request.gone };
    const { words: text = '', given } = question;
    if (question.type === 'picture')
      return command.execute(heard.origin, filledIn(command, { text, given, picture: question.picture }), deps);
    const answer = { scene: text || (task?.scene ?? ''), options: given };
    const rights = rightsIn(deps.tg, { chat: question.place.chat, person: personIdOf(heard.origin.requester.id) ?? 0 });
    return press({ action: question.action, task, origin: heard.origin, answer, ...rights }, deps);
  }
}
