import { pictureAction } from '../../../../commands/picture.ts';
import { press } from '../../../../commands/press.ts';
import { personIdOf, placeOf } from '../places.ts';
import { closeQuestion } from './ask.ts';
import type { ReceiveDeps } from './deps.ts';
import type { PictureIntent } from './incoming.ts';
import { heardIn, type IncomingMessage } from './message.ts';
import { originOf } from './origin.ts';
import { parseCaption } from './parse-caption.ts';
import type { Question } from './questions.ts';
import { rightsIn } from './rights.ts';
import { showReply } from './show-reply.ts';

/** The question that wants another picture, and that this message's own picture answers; undefined where it answers none. */
export async function pictureWanted(
  { message, requester, isEdited, awaited }: IncomingMessage,
  { answers, album }: PictureIntent,
  { questions }: ReceiveDeps,
): Promise<Question | undefined> {
  if (isEdited || album !== undefined || answers !== message.message_id) return undefined;
  const chat = String(message.chat.id);
  const replied = message.reply_to_message?.message_id;
  const open = replied === undefined ? awaited : await questions.byMessage(chat, replied);
  return open && wantsPicture(open) && open.person === requester.id ? open : undefined;
}

export const wantsPicture = (question: Question): boolean =>
  question.type === 'action' && question.action === pictureAction.id;

/** Makes the clip that was asked for of another picture; words beside that are another scene. */
export async function answerWithPicture(
  incoming: IncomingMessage,
  { question, intent }: { question: Question; intent: PictureIntent },
  deps: ReceiveDeps,
): Promise<void> {
  const { message, requester, locale } = incoming;
  const { command, picture, words } = intent;
  const place = placeOf(message, deps);
  const origin = originOf({ requestKey: question.requestKey, requester, place, locale }, deps);
  const { text, given: options } = parseCaption(words, command, locale);
  const task = question.type === 'action' ? await deps.store.tasks.get(question.taskId) : undefined;
  const rights = rightsIn(deps.tg, { chat: place.chat, person: personIdOf(requester.id) ?? 0 });
  const answer = { picture, scene: text || undefined, options };
  const reply = await press({ action: pictureAction.id, task, origin, answer, ...rights }, deps);
  await showReply(reply, heardIn(message, origin, deps), deps);
  // Another picture may do; of a task that is gone, none.
  if (reply.type === 'taken' || !task) await closeQuestion(question, deps);
}
