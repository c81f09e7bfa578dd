import { messagesFor } from '../../../messages/messages.ts';
import type { Task } from '../../../task/task.ts';
import { shortened } from '../../kit/text.ts';
import { personIdOf, readRequestKey } from '../places.ts';
import { mentioned, plain, type Text } from '../texts.ts';

const MAX_NAME = 64;

/** Whether the clip answers another message than the one it was asked for with: somebody else's photo in a group, mostly. */
function answersOther({ requestKey, place: { chat, message } }: Task): boolean {
  const asked = readRequestKey(requestKey);
  const isAlbum = asked?.message === undefined;
  return chat.startsWith('-') && !(asked?.chat === chat && (isAlbum || String(asked.message) === message));
}

/** Who asked, where nothing else shows it; else nothing. */
export function namedIn(task: Task): Text {
  const { requester, locale } = task;
  if (task.shows !== undefined || !answersOther(task)) return plain('');
  const name = shortened(requester.name, MAX_NAME);
  const [before = '', after = ''] = messagesFor(locale).telegram.forWhom('\n').split('\n');
  return mentioned({ id: personIdOf(requester.id), name }, { before, after });
}
