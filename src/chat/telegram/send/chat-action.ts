import type { Telegram } from '../api/api.ts';

/** Telegram shows an action for five seconds; https://core.telegram.org/bots/api#sendchataction */
const AGAIN_MS = 4_500;

/** Shows "sending a video" while the work lasts. It costs nothing of the budget and may fail unheard. */
export async function whileUploading<T>(
  { tg, chat, thread }: { tg: Telegram; chat: string; thread?: string },
  work: () => Promise<T>,
): Promise<T> {
  const more = { message_thread_id: thread === undefined ? undefined : Number(thread) };
  const say = () => void tg.call((api, signal) => api.sendChatAction(chat, 'upload_video', more, signal));
  say();
  const timer = setInterval(say, AGAIN_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
