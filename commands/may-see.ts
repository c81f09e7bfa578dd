import { isSameChat, type Place, type Task } from '../src/task/task.ts';
import type { RequestOrigin } from './table.ts';

type Requester = RequestOrigin['requester'];

/** Not one of several who write under a name that they share: what is theirs elsewhere may be another's. */
export const isOneself = ({ person }: Requester): boolean => person === undefined;

/** Whether what somebody asked for, wherever that was, is this person's own. */
export const isOwn = (by: Pick<Requester, 'id'>, requester: Requester): boolean =>
  isOneself(requester) && by.id === requester.id;

/** Whether a person may see a task in this chat: where it is their own, or of the chat itself. */
export const maySee = (
  task: Pick<Task, 'requester' | 'place'>,
  { requester, place }: { requester: Requester; place: Pick<Place, 'platform' | 'chat'> },
): boolean => isOwn(task.requester, requester) || isSameChat(task.place, place);
