import type { InlineKeyboardMarkup } from 'grammy/types';
import type { RequestOrigin } from '../../../../commands/table.ts';
import type { TelegramMessageRef, TelegramTarget } from '../places.ts';

/** A person's message or press, and where they look for what becomes of it. */
export interface Heard {
  origin: RequestOrigin;
  /** Where it is answered. */
  target: TelegramTarget;
  /** The message under which was pressed. */
  under?: TelegramMessageRef;
  /** Draws other buttons under that message, where it is its task's own. */
  redraw?(
    change: (now: InlineKeyboardMarkup, n: number) => InlineKeyboardMarkup,
    how?: { isUrgent: boolean },
  ): Promise<void>;
  /** A sentence: as a message, or over the chat where a button was pressed. */
  say(text: string, about?: { isRefusal: boolean }): Promise<void>;
  /** Says it and leads the person, who pressed, to where they can begin a private chat with the bot. */
  lead?(text: string): Promise<void>;
  /** Says that it was heard where nothing else does: of a message its card, or the next message, is enough. */
  acknowledge(text: string): Promise<void>;
}
