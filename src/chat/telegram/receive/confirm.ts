import type { CallbackQuery } from 'grammy/types';
import { confirm } from '../../../../commands/confirm.ts';
import type { Reply } from '../../../../commands/reply.ts';
import { messagesFor } from '../../../messages/messages.ts';
import { personIdOf, personOf } from '../places.ts';
import { plain } from '../texts.ts';
import { answerPress } from './answer-press.ts';
import type { ReceiveDeps } from './deps.ts';
import type { Heard } from './heard.ts';

/** The data of the button under a question whether a person means it: the question. A client may send what no button has. */
const writeConfirm = (question: string): string => `confirm:${question}`;
export const readConfirm = (data: string): string | undefined => /^confirm:([0-9a-f]{12})$/.exec(data)?.[1];

/** Asks, the person alone where that can be: others could not press it anyway. */
export async function showConfirm(
  { text, label, question }: Extract<Reply, { type: 'confirm' }>,
  { origin, target, acknowledge }: Heard,
  { answers }: ReceiveDeps,
): Promise<void> {
  const keyboard = { inline_keyboard: [[{ text: label, callback_data: writeConfirm(question) }]] };
  await acknowledge('');
  return answers.whisper(target, Object.assign(plain(text), { keyboard }), personIdOf(origin.requester.id));
}

/** Takes the press; what became of it takes the question's place. */
export async function takeConfirm(query: CallbackQuery, question: string, deps: ReceiveDeps): Promise<void> {
  const { message: shown, from } = query;
  const locale = from.language_code ?? 'en';
  if (!shown) return answerPress(query, messagesFor(locale).telegram.oldButton, true, deps);
  const { message_id: message } = shown;
  const chat = String(shown.chat.id);
  const place = { platform: deps.platform, chat };
  const origin = { requestKey: `${deps.platform}:press:${query.id}`, requester: personOf(from), place, locale };
  const reply = await confirm({ origin, question }, deps);
  const text = 'text' in reply ? reply.text : '';
  if (reply.type === 'refused') return answerPress(query, text, true, deps);
  deps.wake();
  // One that only its person sees has no number to edit it by; and a client may send this under another message.
  if (message === 0 || !hasButton(shown, question)) return answerPress(query, text, true, deps);
  await answerPress(query, '', false, deps);
  const how = { priority: 'answer', key: `confirm:${question}` } as const;
  const edit = () =>
    deps.poster.throttled(chat, how, (api, signal) => api.editMessageText(chat, message, text, {}, signal));
  await deps.answers.later(() => deps.answers.patiently(edit));
}

const hasButton = (shown: NonNullable<CallbackQuery['message']>, question: string): boolean =>
  'reply_markup' in shown &&
  shown.reply_markup?.inline_keyboard
    .flat()
    .some((button) => 'callback_data' in button && button.callback_data === writeConfirm(question)) === true;
