import type { Reply } from '../../../../commands/reply.ts';
import { messagesFor } from '../../../messages/messages.ts';
import type { Store } from '../../../store/store.ts';
import { removalIdOf } from '../../kit/goes-soon.ts';
import { type TelegramMessageRef, writeRef } from '../places.ts';
import { takeAway } from '../send/take-away.ts';
import type { ReceiveDeps } from './deps.ts';

/** The worker takes away after this what was not taken away here. */
const BY_WORKER_MS = 10_000;

interface Heard {
  origin: { locale: string };
  /** The message that was pressed under. */
  under?: TelegramMessageRef;
  say(text: string, about?: { isRefusal: boolean }): Promise<void>;
}

/**
 * Says that it is deleted once it is; what Telegram does not take away now is taken away later. The task's messages are on
 * record for that already, by the action; not a stray that was pressed.
 */
export async function delist(
  { task: deleted, text }: Extract<Reply, { type: 'deleted' }>,
  { origin: { locale }, under, say }: Heard,
  {
    platform,
    poster,
    store,
    wake,
  }: Pick<ReceiveDeps, 'platform' | 'poster' | 'wake'> & {
    store: Pick<Store, 'now' | 'removals'>;
  },
): Promise<void> {
  const words = messagesFor(locale).telegram;
  // Only its own bot can take a message away: another's are left to the worker.
  const task = deleted?.place.platform === platform ? deleted : undefined;
  const { sent: own = {} } = task ?? {};
  const pressed = under && writeRef(under);
  const id = task?.id ?? (pressed && removalIdOf({ platform, at: pressed }));
  if (id === undefined) return say(text);
  const stray = pressed === undefined || Object.values(own).includes(pressed) ? undefined : pressed;
  const sent = stray === undefined ? own : Object.assign({ pressed: stray }, own);
  const dueAt = store.now() + BY_WORKER_MS;
  if (stray !== undefined) await store.removals.put({ id, platform, sent, dueAt, tries: 0 });
  const taken = await takeAway({ poster }, sent);
  if (taken.outcome === 'gone' || taken.outcome === 'too-old') await store.removals.done(id);
  if (taken.outcome === 'gone') return say(text);
  if (taken.outcome === 'too-old') return say(words.clipDeleted, { isRefusal: true });
  wake();
  return say(words.deletedSoon, { isRefusal: true });
}
