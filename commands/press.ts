import { messagesFor } from '../src/messages/messages.ts';
import { isSameChat, type Task } from '../src/task/task.ts';
import { findExisting } from './record.ts';
import type { Reply } from './reply.ts';
import { partsAt } from './settings/at-place.ts';
import type { Action, CommandDeps, Press, RequestOrigin } from './table.ts';

/** A press as a platform heard it. All of it may be forged but who pressed, and where. */
export interface HeardPress {
  action: string;
  /** The task that was pressed under, as it is on record; undefined where it is gone. */
  task: Task | undefined;
  origin: RequestOrigin;
  answer?: Press['answer'];
  /** Whether the person looks after other people's messages in the chat of the press. Asked only where it matters. */
  moderates?(): Promise<boolean> | boolean;
  /** Another name of the chat of the press, where it has moved: `Place.chat` as it was. */
  isHere?(task: Task): boolean;
  /** Whether the message that was pressed under is the person's own to take away, whatever its task was. */
  isTheirs?(): boolean;
}

/**
 * The request key of a press that makes something new: pressed twice at once it is one request, pressed by two people one
 * of each. After that the button carries another `n`, so that pressing later is a request anew.
 */
export const pressKey = (
  { action, taskId, n }: { action: string; taskId: string; n: number | string },
  { id }: Pick<RequestOrigin['requester'], 'id'>,
): string => `${action}:${taskId}:${n}:${id}`;

/**
 * Runs a press, if the person may: the one rule for all platforms. The requester of a clip may do all with it; a moderator
 * only in the task's own chat; actions for everybody work only where the task is.
 */
export async function press(heard: HeardPress, deps: CommandDeps): Promise<Reply> {
  const { action: id, task, origin, answer } = heard;
  const words = messagesFor(origin.locale).request;
  const action = deps.actions.find((each) => each.id === id);
  if (!action || !task) {
    // Told again it is answered as before, also where the task is gone since.
    const existing = await findExisting(origin.requestKey, deps.store);
    if (existing?.task.requester.id === origin.requester.id) return existing;
    const takesAway = action?.removes && (heard.isTheirs?.() || (await heard.moderates?.()));
    return { type: takesAway ? 'deleted' : 'refused', text: words.gone };
  }
  if (!(await isAllowed(action, task, heard))) return { type: 'refused', text: words.notYours };
  return action.run({ origin, task, answer }, await partsAt(origin.place, deps));
}

async function isAllowed({ who }: Action, task: Task, { origin, moderates, isHere }: HeardPress): Promise<boolean> {
  const { requester, place } = origin;
  if (task.requester.id === requester.id) return true;
  if (who === 'author') return false;
  const isThere = isSameChat(place, task.place) || (place.platform === task.place.platform && isHere?.(task) === true);
  if (!isThere) return false;
  return who === 'here' || ((await moderates?.()) ?? false);
}
