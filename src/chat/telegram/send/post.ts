import type { InlineKeyboardMarkup } from 'grammy/types';
import type { Ledger, Sent } from '../../chat.ts';
import type { ApiResult, Telegram, Work } from '../api/api.ts';
import type { TelegramFailure } from '../api/errors.ts';
import { type MessageRef, MOVED, type Target } from '../places.ts';
import type { Text } from '../texts.ts';
import type { Priority, SendThrottle } from './send-throttle.ts';

/** Of one line: the ways in which it can be made poorer are fewer. */
const MAX_TRIES = 5;
/** A withdrawn token is for the operator; meanwhile nothing is given up. */
const TOKEN_MS = 60_000;

/** What became of posting a line. `message` 0: Telegram will post it later, and nobody can touch it. */
export type TelegramPosted =
  | { outcome: 'posted'; at: MessageRef }
  /** This home takes nothing from the bot. */
  | { outcome: 'shut'; reason: string }
  | Extract<Sent, { outcome: 'retry' | 'unknown' }>;

export interface TextMessage extends Text {
  keyboard?: InlineKeyboardMarkup;
  /** Nobody's telephone rings. */
  silent?: boolean;
  /** Opens the answer field of whoever is answered. */
  forceReply?: { placeholder: string };
}

/** What a task's adapter says to the worker about a call that did not work. */
export function sentOf(trouble: TelegramFailure): Extract<Sent, { outcome: 'retry' | 'unknown' }> {
  const { reason } = trouble;
  if (trouble.kind === 'unknown') return { outcome: 'unknown', reason };
  if (trouble.kind === 'flood') return { outcome: 'retry', reason, retryAfterMs: trouble.retryAfterMs };
  return { outcome: 'retry', reason, ...(trouble.kind === 'token' ? { retryAfterMs: TOKEN_MS } : {}) };
}

/** Where its turn does not come soon. */
export const paced = (retryAfterMs: number): Extract<Sent, { outcome: 'retry' }> => ({
  ...{ outcome: 'retry', reason: 'the budget of this chat is used up', retryAfterMs },
});

export interface Poster {
  /** Posts one line at most. What certainly was not posted is tried in a poorer way: without its reply, its topic. */
  post(
    target: Target,
    line: TextMessage,
    how: { priority: Priority; key: string; ledger?: Pick<Ledger, 'record'>; signal?: AbortSignal },
  ): Promise<TelegramPosted>;
  /** Any other call to a chat that costs of its budget; undefined where its turn does not come soon. */
  throttled<T>(
    chat: string,
    how: { priority: Priority; key: string; timeoutMs?: number; signal?: AbortSignal },
    work: Work<T>,
  ): Promise<ApiResult<T> | { waitMs: number }>;
  /** Takes a message of ours away; costs nothing. */
  remove(at: MessageRef): Promise<ApiResult<true>>;
}

export function createPoster({ tg, throttle }: { tg: Telegram; throttle: SendThrottle }): Poster {
  const throttled: Poster['throttled'] = async (chat, { priority, key, ...how }, work) => {
    const waitMs = await throttle.acquire(chat, priority, key, how.signal);
    if (waitMs > 0) return { waitMs };
    const said = await tg.call(work, how);
    if (!said.ok && said.trouble.kind === 'flood') throttle.block(chat, said.trouble.retryAfterMs);
    return said;
  };

  return {
    throttled,
    remove: ({ chat, message }) => tg.call((api, signal) => api.deleteMessage(chat, message, signal)),
    async post(wanted, line, { priority, key, ledger, signal }) {
      let target = wanted;
      for (let tries = 1; ; tries++) {
        const { chat } = target;
        const how = { priority, key, ...(signal ? { signal } : {}) };
        const said = await throttled(chat, how, (api, abort) =>
          api.sendMessage(chat, line.text, extras(target, line), abort),
        );
        if ('waitMs' in said) return paced(said.waitMs);
        if (said.ok)
          return { outcome: 'posted', at: { chat: String(said.result.chat.id), message: said.result.message_id } };
        const poorer = tries < MAX_TRIES ? degrade(target, said.trouble) : undefined;
        if (!poorer)
          return said.trouble.kind === 'shut' || said.trouble.kind === 'topic-closed'
            ? { outcome: 'shut', reason: said.trouble.reason }
            : sentOf(said.trouble);
        if (said.trouble.kind === 'moved') await ledger?.record(MOVED, said.trouble.to);
        target = poorer;
      }
    },
  };
}

function extras(target: Target, { entities, keyboard, silent, forceReply }: TextMessage) {
  const answer = forceReply && {
    force_reply: true as const,
    selective: true,
    input_field_placeholder: forceReply.placeholder,
  };
  const markup = keyboard ?? answer;
  return {
    ...(target.thread === undefined ? {} : { message_thread_id: target.thread }),
    ...(target.reply === undefined
      ? {}
      : { reply_parameters: { message_id: target.reply, allow_sending_without_reply: true } }),
    ...(entities.length > 0 ? { entities } : {}),
    ...(markup ? { reply_markup: markup } : {}),
    ...(silent ? { disable_notification: true } : {}),
    link_preview_options: { is_disabled: true },
  };
}

/** The same home with less asked of it, after it was certainly refused; undefined where there is no such. */
export function degrade(target: Target, trouble: TelegramFailure): Target | undefined {
  const { chat, thread, reply } = target;
  switch (trouble.kind) {
    case 'moved':
      // The messages stayed behind.
      return trouble.to === chat ? undefined : { chat: trouble.to };
    case 'reply-gone':
      return reply === undefined ? undefined : { chat, ...(thread === undefined ? {} : { thread }) };
    case 'topic-closed':
      // The reply would lead back into the topic.
      return thread === undefined && reply === undefined ? undefined : { chat };
    default:
      return undefined;
  }
}
