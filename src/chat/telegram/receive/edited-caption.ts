import { editAction } from '../../../../commands/edit.ts';
import { press } from '../../../../commands/press.ts';
import { reword } from '../../../../commands/reword.ts';
import type { Command, RequestOrigin } from '../../../../commands/table.ts';
import { takesIn } from '../../../../commands/takes.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Task } from '../../../task/task.ts';
import { closeQuestion, sayBack } from './ask.ts';
import type { ReceiveDeps } from './deps.ts';
import { below, heardIn, type IncomingMessage } from './message.ts';
import type { Caption } from './parse-caption.ts';
import { showReply } from './show-reply.ts';

/** So long after a message its edit changes the request. Telegram tells also, at any time, of edits that nobody made. */
const EDITED_SECONDS = 10 * 60;

/** Takes a caption that was edited after its request was put on record: where that still waits, else as **Edit scene**. */
export async function takeEditedCaption(
  { message, requester, locale }: IncomingMessage,
  { task, origin, command, caption }: { task: Task; origin: RequestOrigin; command: Command; caption: Caption },
  deps: ReceiveDeps,
): Promise<void> {
  const editedAt = message.edit_date ?? 0;
  if (caption.text === '' || editedAt - message.date > EDITED_SECONDS) return;
  const { clock, questions, ending } = deps;
  const heard = heardIn(message, origin, deps);
  const wanted = { task, scene: caption.text, options: caption.given, locale };
  const problem = command.problem(caption.given, locale);
  if (problem !== undefined) return showReply({ type: 'refused', text: problem }, heard, deps);
  const reworded = await reword(wanted, { ...deps, pause: (ms) => clock.sleep(ms, ending) });
  if (reworded.outcome === 'reworded') deps.wake(reworded.task);
  if (reworded.outcome === 'refused') return showReply({ type: 'refused', text: reworded.text }, heard, deps);
  if (reworded.outcome !== 'late') {
    const takes = takesIn(caption.given);
    const isMore = takes > 1 && takes !== task.take?.of;
    return isMore ? showReply({ type: 'refused', text: messagesFor(locale).takes.onlyOne }, heard, deps) : undefined;
  }

  // A request of its own, the same however often this edit is told.
  const another = { ...origin, requestKey: `${origin.requestKey}:edit:${editedAt}` };
  if (await deps.store.tasks.byRequestKey(another.requestKey)) return;
  const reply = await press({ action: editAction.id, task, origin: another }, deps);
  if (reply.type !== 'question') return showReply(reply, heard, deps);
  const { requestKey, place } = another;
  const before = await questions.latest(place.chat, requester.id);
  if (before?.type === 'action' && before.taskId === task.id) await closeQuestion(before, deps);
  const about = { action: editAction.id, taskId: task.id, requestKey, person: requester.id, place } as const;
  const text = messagesFor(locale).telegram.captionEdited;
  const question = { type: 'action', ...about, given: caption.given, words: caption.text } as const;
  return sayBack(question, { target: below(message), locale, text }, deps);
}
