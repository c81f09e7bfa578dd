import type { Sent } from '../../chat.ts';
import { readRef, writeRef } from '../places.ts';
import { type SendDeps, sentOf } from './post.ts';

/** Of several messages: a bot may take its own back for 48 hours only. */
export type TakenAway = { outcome: 'gone' } | { outcome: 'too-old' } | Exclude<Sent, { outcome: 'shown' }>;

/** Takes messages of a task away. One that is too old loses its buttons. */
export async function takeAway(
  { poster }: Pick<SendDeps, 'poster'>,
  sent: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<TakenAway> {
  const shown = new Map(
    Object.values(sent)
      .flatMap((text) => readRef(text) ?? [])
      .map((at) => [writeRef(at), at]),
  );
  const said = await Promise.all(
    [...shown.values()]
      .filter(({ message }) => message !== 0)
      .map(async (at) => ({ at, said: await poster.remove(at, signal) })),
  );
  const failures = said.flatMap(({ at, said }) => (said.outcome === 'failed' ? [{ at, failure: said.failure }] : []));
  const stay = failures.filter(({ failure }) => failure.type === 'too-old');
  for (const { chat, message } of stay.map(({ at }) => at))
    await poster.throttled(chat, { priority: 'answer', key: `bare:${message}`, signal }, (api, abort) =>
      api.editMessageReplyMarkup(chat, message, {}, abort),
    );
  const failed = failures.find(({ failure }) => !OVER.includes(failure.type));
  if (failed) return sentOf(failed.failure);
  return stay.length > 0 ? { outcome: 'too-old' } : { outcome: 'gone' };
}

/** Nothing stands there, or nothing can be done about it. */
const OVER: readonly string[] = ['message-gone', 'too-old', 'shut', 'moved'];
