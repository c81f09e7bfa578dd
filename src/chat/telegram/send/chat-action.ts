import type { Telegram } from '../api/api.ts';

/** Telegram shows an action for five seconds; https://core.telegram.org/bots/api#sendchataction */
const AGAIN_MS = 4_500;

/** Shows "sending a video" or the like while the work lasts. It costs nothing of the budget and may fail unheard. */
export async function whileActing<T>(
  {
    tg,
    chat,
    thread,
    action,
  }: { tg: Telegram; chat: string; thread?: number; action: 'upload_video' | 'record_video' },
  work: () => Promise<T>,
): Promise<T> {
  const more = { message_thread_id: thread };
  const say = () => void tg.call((api, signal) => api.sendChatAction(chat, action, more, signal));
  say();
  const timer = setInterval(say, AGAIN_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
