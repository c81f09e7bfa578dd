import type { Chat, MessageRecord } from './chats.ts';
import type { Happening, Update, UserInfo } from './shapes.ts';
import type { Updates } from './updates.ts';
import type { World } from './world.ts';

/** A message, by where it is; a `MessageRecord` will do. */
export interface MessageRef {
  chat: number;
  id: number;
}

/** A person, chat, topic or message, or its number. */
export type Ref = number | { id: number };
export const idOf = (ref: Ref): number => (typeof ref === 'number' ? ref : ref.id);

/** What all that people do needs. Throws where a test names what is not there. */
export function createLookup({ chats, clock }: World, updates: Updates) {
  const chatOf = (ref: Ref): Chat => {
    const chat = chats.chats.get(idOf(ref));
    if (!chat) throw new Error(`no chat ${idOf(ref)}`);
    return chat;
  };
  const userOf = (ref: Ref): UserInfo => {
    const user = chats.users.get(idOf(ref));
    if (!user) throw new Error(`no person ${idOf(ref)}`);
    return user;
  };
  /** The message as it is now. */
  const live = ({ chat, id }: MessageRef): MessageRecord => {
    const message = chatOf(chat).messages.get(id);
    if (!message || message.deletedAt !== undefined) throw new Error(`no message ${id}`);
    return message;
  };
  const seconds = () => Math.floor(clock.now() / 1000);

  const someone = (chat: Chat): UserInfo => {
    const [first] = chat.members.values();
    if (!first) throw new Error(`nobody is in chat ${chat.info.id}`);
    return first;
  };

  function tell(chat: Chat, happening: Happening): Update | undefined {
    return updates.push(happening, chat.info.id);
  }

  return { chatOf, userOf, live, seconds, someone, tell };
}
export type Lookup = ReturnType<typeof createLookup>;
