import type { CallbackQuery, ChatMemberUpdated, InlineQuery, Update } from 'grammy/types';
import { type Store, StoreUnavailable } from '../../../store/store.ts';
import type { Log } from '../../../util/log.ts';
import { createNamedSemaphores } from '../../../util/semaphore.ts';
import { PLATFORM } from '../places.ts';
import type { Answers } from './answers.ts';
import type { Me } from './incoming.ts';
import type { Requests } from './requests.ts';

/** What Telegram is asked for. Channels are none of the bot's business. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'inline_query',
  'my_chat_member',
] as const;
/** Clips that may be waiting for a chat to open again. */
const MAX_WAITING = 100;

/** Resolves when what has to be on record is. Rejects where it could not be, so that it must be told again. */
export type TakeUpdate = (update: Update, me: Me) => Promise<void>;

/** Hands updates to whom they concern: those of one chat in order, chats beside each other. */
export function createTakeUpdate(deps: {
  requests: Requests;
  takePress: (query: CallbackQuery) => Promise<void>;
  answerInline: (query: InlineQuery) => Promise<void>;
  answers: Answers;
  store: Pick<Store, 'tasks'>;
  wake: () => void;
  log: Pick<Log, 'error'>;
}): TakeUpdate {
  const { requests, takePress, answerInline, answers, store, wake, log } = deps;
  /** After those of the same chat that came before. */
  const inOrder = createNamedSemaphores<number>();

  /** The bot may write there (again): clips that wait for it are due. */
  async function welcomed({ chat, new_chat_member: { status } }: ChatMemberUpdated): Promise<void> {
    if (status === 'left' || status === 'kicked') return;
    const place = { platform: PLATFORM, chat: String(chat.id) };
    for (const task of await store.tasks.conversation(place, { limit: MAX_WAITING }))
      if (task.state === 'ready' || task.state === 'delivering' || task.state === 'failed')
        await store.tasks.ask(task.id, { type: 'wake' });
    wake();
  }

  async function route(update: Update, me: Me): Promise<void> {
    const {
      message,
      edited_message: edited,
      callback_query: press,
      inline_query: inline,
      my_chat_member: joined,
    } = update;
    const said = message ?? edited;
    if (said) return inOrder(said.chat.id, () => requests.take(said, me, edited !== undefined));
    if (press) return inOrder(press.message?.chat.id ?? press.from.id, () => takePress(press));
    if (inline) return answers.later(() => answerInline(inline));
    if (joined) return inOrder(joined.chat.id, () => welcomed(joined));
  }

  return async (update, me) => {
    try {
      await route(update, me);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      // A bug: telling it again would only meet it again, and hold up everybody else.
      log.error({ err: error, update: update.update_id }, 'an update could not be understood');
    }
  };
}
