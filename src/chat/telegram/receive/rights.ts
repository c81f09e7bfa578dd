import type { HeardPress } from '../../../../commands/press.ts';
import type { Telegram } from '../api/api.ts';
import { MOVED } from '../places.ts';

/** By Telegram's word; false where it does not say. */
export async function isAdministrator(
  tg: Telegram,
  { chat, person }: { chat: string; person: number },
): Promise<boolean> {
  const said = await tg.call((api, signal) => api.getChatMember(chat, person, signal));
  return said.outcome === 'done' && ['creator', 'administrator'].includes(said.result.status);
}

/** A person's rights in a chat over the tasks of others; asked only where it matters. */
export const rightsIn = (
  tg: Telegram,
  { chat, person }: { chat: string; person: number },
): Pick<Required<HeardPress>, 'moderates' | 'isHere'> => ({
  // A private chat has no moderators.
  moderates: async () => chat.startsWith('-') && isAdministrator(tg, { chat, person }),
  isHere: ({ sent }) => sent[MOVED] === chat,
});
