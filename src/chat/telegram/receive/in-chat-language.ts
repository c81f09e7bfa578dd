import type { Chat, Update, User } from 'grammy/types';
import { localeAt } from '../../../../commands/settings/at-place.ts';
import type { Store } from '../../../store/store.ts';
import type { OfBot } from '../places.ts';

/**
 * The update as though its person spoke the language that is set for its chat, where one is: whatever follows from it is in
 * that. What is asked inline has no chat that is told.
 */
export async function inChatLanguage(
  update: Update,
  { platform, store: { chatSettings } }: OfBot & { store: Pick<Store, 'chatSettings'> },
): Promise<Update> {
  const spoken = async (from: User, { id }: Chat): Promise<User> => {
    const own = from.language_code ?? 'en';
    const place = { platform, chat: String(id) };
    return { ...from, language_code: await localeAt(place, own, { chatSettings }) };
  };
  const { message, edited_message: edited, callback_query: press, my_chat_member: joined } = update;
  if (message?.from) return { ...update, message: { ...message, from: await spoken(message.from, message.chat) } };
  if (edited?.from) return { ...update, edited_message: { ...edited, from: await spoken(edited.from, edited.chat) } };
  if (press?.message)
    return { ...update, callback_query: { ...press, from: await spoken(press.from, press.message.chat) } };
  if (joined) return { ...update, my_chat_member: { ...joined, from: await spoken(joined.from, joined.chat) } };
  return update;
}
