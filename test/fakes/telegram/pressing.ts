import { randomUUID } from 'node:crypto';
import type { CallbackAnswer, InlineAnswer, Queries } from './inline.ts';
import { idOf, type Lookup, type MessageRef, type Ref } from './lookup.ts';
import { REACTIONS } from './messages.ts';
import type { Button, Reaction } from './shapes.ts';
import type { Updates } from './updates.ts';
import type { World } from './world.ts';

/** How long a person waits for the bot's answer, in real milliseconds. */
const ANSWER_WITHIN_MS = 20_000;

interface Pressing {
  from?: Ref;
  forged?: boolean;
}

/** What people ask the bot by pressing and by typing its name. */
export function createPressing(
  { chats, news }: World,
  { chatOf, userOf, live, someone, tell, seconds }: Lookup,
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

  const labelsOf = (which: MessageRef): Button[] => live(which).now.reply_markup?.inline_keyboard.flat() ?? [];

  function pressShown(which: MessageRef, button: string, { from, forged = false }: Pressing): Promise<CallbackAnswer> {
    const message = live(which);
    const chat = chatOf(message.chat);
    const shown = labelsOf(which);
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
  }

  /** Presses what leads to a button that is not shown, and waits until it is. */
  async function pressBehind(which: MessageRef, way: string, button: string, how: Pressing): Promise<CallbackAnswer> {
    // Who presses in the moment in which a clip comes presses again.
    while ((await pressShown(which, way, how)).text?.includes('Press again')) await news.after(news.version(), 100);
    await news.until(() => labelsOf(which).some(({ text }) => text === button), { what: `${button} behind ${way}` });
    return pressShown(which, button, how);
  }

  return {
    /**
     * Presses a button, named by its words or its data, and waits for the bot's answer; one that stands in a menu, or is hidden
     * by one, by way of that. Throws where there is no such button; `forged` is what a client sends that need not show one.
     */
    press(which: MessageRef, button: string, how: Pressing = {}): Promise<CallbackAnswer> {
      const labels = labelsOf(which).flatMap(({ text, callback_data }) => [text, callback_data]);
      const way =
        labels.includes(button) || how.forged ? undefined : ['More', 'Back'].find((one) => labels.includes(one));
      return way === undefined ? pressShown(which, button, how) : pressBehind(which, way, button, how);
    },
    /**
     * Sets a person's reactions to a message. The bot is told only where it asked for that, and in groups only as an
     * administrator: https://core.telegram.org/bots/api#messagereactionupdated
     */
    react(which: MessageRef, from: Ref, emoji: string[]): void {
      const message = live(which);
      const chat = chatOf(message.chat);
      const user = userOf(from);
      if (emoji.some((one) => !REACTIONS.includes(one))) throw new Error(`nobody can react with ${emoji.join(' ')}`);
      message.peoplesReactions ??= new Map();
      const before = message.peoplesReactions.get(user.id) ?? [];
      message.peoplesReactions.set(user.id, emoji);
      news.changed();
      const typed = (list: string[]): Reaction[] => list.map((one) => ({ type: 'emoji', emoji: one }));
      const isTold = chat.info.type === 'private' || chat.bot === 'administrator';
      const about = { chat: chat.info, message_id: which.id, user, date: seconds() };
      if (isTold)
        tell(chat, { message_reaction: { ...about, old_reaction: typed(before), new_reaction: typed(emoji) } });
    },
    /** Types `@bot words` somewhere; resolves with what the bot offers, or what Telegram remembers of it. */
    inlineQuery({
      from,
      query,
      offset = '',
      in: chat_type = 'sender',
    }: {
      from: Ref;
      query: string;
      offset?: string;
      /** The kind of chat that it is typed in; the bot is not told which. */
      in?: string;
    }): Promise<InlineAnswer> {
      if (!inline) throw new Error('inline mode is off');
      const remembered = queries.remembered(idOf(from), query, offset);
      if (remembered) return Promise.resolve(remembered);
      const id = newId();
      return answered<InlineAnswer>(`the inline query "${query}"`, (resolve) => {
        queries.openInline(id, { user: idOf(from), query, offset }, resolve);
        updates.push({ inline_query: { id, from: userOf(from), query, offset, chat_type } }, idOf(from));
      });
    },
  };
}

const labelled = ({ text }: Button): string => `"${text}"`;
