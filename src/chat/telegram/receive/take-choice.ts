import type { CallbackQuery } from 'grammy/types';
import { messagesFor } from '../../../messages/messages.ts';
import { personOf, targetIn } from '../places.ts';
import { answerPress } from './answer-press.ts';
import { make } from './answer-question.ts';
import { closeQuestion, commandOf, redraw } from './ask.ts';
import { askedUnder, type Choice, chosenValue, withValue } from './choices.ts';
import type { ReceiveDeps } from './deps.ts';
import { originOf } from './origin.ts';
import type { Question } from './questions.ts';

/** Takes a press under a question: another length, motion or shape, or the word that the clip is to be made. */
export async function takeChoice(
  query: CallbackQuery,
  { id, choice }: { id: string; choice: Choice },
  deps: ReceiveDeps,
): Promise<void> {
  const { message: shown, from } = query;
  const locale = from.language_code ?? 'en';
  const words = messagesFor(locale).telegram;
  const say = (text: string, about?: { isRefusal: boolean }) =>
    answerPress(query, text, about?.isRefusal ?? false, deps);
  const question = await deps.questions.byId(id);
  if (!question) await takeStrayAway();
  if (!question || String(shown?.chat.id) !== question.place.chat) return say(words.questionGone);
  const requester = personOf(from);
  if (question.person !== requester.id) return say(words.notAsked, { isRefusal: true });
  // The process that posted it may have ended before that was on record.
  if (shown) await deps.questions.asked(question, shown.message_id);
  const { requestKey, place } = question;

  switch (choice.type) {
    case 'set':
      await setOption(question, choice);
      return say('');
    case 'no':
      await closeQuestion(question, deps);
      return say(words.closed);
    case 'go':
      // Data that a client sends need not be a button's.
      if (question.words === undefined) return say(words.oldButton);
      return makeOf(question);
    case 'wordless':
      return makeOf({ ...question, words: undefined });
  }

  /** A message that asks what is closed, left behind by a kill: data that a client sends need not be its. */
  async function takeStrayAway(): Promise<void> {
    if (!shown || !('reply_markup' in shown) || askedUnder(shown.reply_markup) !== id) return;
    const at = { chat: String(shown.chat.id), message: shown.message_id };
    await deps.answers.later(() => deps.poster.remove(at));
  }

  function makeOf(of: Question): Promise<void> {
    const origin = originOf({ requestKey, requester, place, locale }, deps);
    const under = shown && { chat: place.chat, message: shown.message_id };
    return make(of, { origin, target: targetIn(place), under, say, acknowledge: (text) => say(text) }, deps);
  }

  async function setOption(before: Question, set: Extract<Choice, { type: 'set' }>): Promise<void> {
    const command = commandOf(before, deps);
    const value = command && chosenValue(set, command);
    const given = withValue(before.given, { option: set.option, value }, deps);
    if (!command || value === undefined || command.problem(given, locale) !== undefined) return;
    const question = { ...before, given };
    await deps.questions.keep(question);
    await redraw(question, locale, deps);
  }
}
