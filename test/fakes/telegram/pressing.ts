import { randomUUID } from 'node:crypto';
import type { CallbackAnswer, InlineAnswer, Queries } from './inline.ts';
import { idOf, type Lookup, type MessageRef, type Ref } from './lookup.ts';
import type { Button } from './shapes.ts';
import type { Updates } from './updates.ts';
import type { World } from './world.ts';

/** How long a person waits for the bot's answer, in real milliseconds. */
const ANSWER_WITHIN_MS = 20_000;

/** What people ask the bot by pressing and by typing its name. */
export function createPressing(
  { chats }: World,
  { chatOf, userOf, live, someone, tell }: Lookup,
  { queries, updates, inline }: { queries: Queries; updates: Updates; inline: boolean },
) {
  const newId = () => String(chats.nextId()) + randomUUID().replace(/\D/g, '');

  function answered<T>(what: string, ask: (resolve: (answer: T) => void) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to ${what}`)), ANSWER_WITHIN_MS);
      timer.unref();
      ask((answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
  }

  return {
    /**
     * Presses a button, named by its words or its data, and waits for the bot's answer. Throws where the message
     * shows no such button; `forged` is what a client sends that need not show one.
     */
    press(
      which: MessageRef,
      button: string,
      { from, forged = false }: { from?: Ref; forged?: boolean } = {},
    ): Promise<CallbackAnswer> {
      const message = live(which);
      const chat = chatOf(message.chat);
      const shown = message.now.reply_markup?.inline_keyboard.flat() ?? [];
      const found = shown.find(({ text, callback_data }) => text === button || callback_data === button);
      const data = forged ? button : found?.callback_data;
      if (data === undefined)
        throw new Error(`no button "${button}" to press, but: ${shown.map(labelled).join(', ') || 'none'}`);
      const id = newId();
      return answered<CallbackAnswer>(`the press of ${button}`, (resolve) => {
        queries.openPress(id, data, resolve);
        const who = from === undefined ? someone(chat) : userOf(from);
        tell(chat, {
          callback_query: { id, from: who, message: message.now, chat_instance: String(chat.info.id), data },
        });
      });
    },
    /** Types `@bot words` somewhere; resolves with what the bot offers, or what Telegram remembers of it. */
    inlineQuery({ from, query, offset = '' }: { from: Ref; query: string; offset?: string }): Promise<InlineAnswer> {
      if (!inline) throw new Error('inline mode is off');
      const remembered = queries.remembered(idOf(from), query, offset);
      if (remembered) return Promise.resolve(remembered);
      const id = newId();
      return answered<InlineAnswer>(`the inline query "${query}"`, (resolve) => {
        queries.openInline(id, { user: idOf(from), query, offset }, resolve);
        updates.push({ inline_query: { id, from: userOf(from), query, offset } }, idOf(from));
      });
    },
  };
}

const labelled = ({ text }: Button): string => `"${text}"`;
