import type { HeardPress } from '../../../../commands/press.ts';
import type { Telegram } from '../api/api.ts';
import { MOVED } from '../places.ts';

/** A person's rights in a chat over the tasks of others; asked only where it matters. */
export const rightsIn = (
  tg: Telegram,
  { chat, person }: { chat: string; person: number },
): Pick<Required<HeardPress>, 'moderates' | 'isHere'> => ({
  async moderates() {
    // A private chat has no moderators.
    if (!chat.startsWith('-')) return false;
    const said = await tg.call((api, signal) => api.getChatMember(chat, person, signal));
    return said.outcome === 'done' && ['creator', 'administrator'].includes(said.result.status);
  },
  isHere: ({ sent }) => sent[MOVED] === chat,
});
