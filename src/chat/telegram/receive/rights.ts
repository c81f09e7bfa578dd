import type { HeardPress } from '../../../../commands/press.ts';
import type { Telegram } from '../api/api.ts';
import { MOVED } from '../places.ts';

/** What decides whether a person may press what is another's: of a chat, and asked only where it matters. */
export const rightsIn = (
  tg: Telegram,
  { chat, person }: { chat: string; person: number },
): Pick<Required<HeardPress>, 'moderates' | 'isHere'> => ({
  async moderates() {
    // In a private chat nobody looks after another's messages.
    if (!chat.startsWith('-')) return false;
    const said = await tg.call((api, signal) => api.getChatMember(chat, person, signal));
    return said.outcome === 'done' && ['creator', 'administrator'].includes(said.result.status);
  },
  isHere: ({ sent }) => sent[MOVED] === chat,
});
