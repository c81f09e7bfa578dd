import { z } from 'zod';
import type { MovableClock } from './clock.ts';
import type { News } from './news.ts';
import { flag, int, json, type Method, method, str } from './params.ts';
import { badRequest, tooMany } from './refusal.ts';
import type { Pending, Updates } from './updates.ts';

export interface WebhookOptions {
  /** How long the bot's answer is waited for. */
  timeoutMs: number;
  /** The pause after the first failure; doubled up to a minute. */
  backoffMs: number;
}

const MAX_BACKOFF_MS = 60_000;
/** "Too Many Requests: retry after 1" where it is set again sooner. */
const SET_AGAIN_MS = 1_000;
interface Hook {
  url: string;
  secret: string | undefined;
  maxConnections: number;
}

export function createWebhook(
  { updates, clock, news }: { updates: Updates; clock: MovableClock; news: News },
  { timeoutMs, backoffMs }: WebhookOptions,
) {
  let hook: Hook | undefined;
  let failures = 0;
  let setAt = Number.NEGATIVE_INFINITY;
  let paused = false;
  let lastError: { at: number; message: string } | undefined;
  const busy = new Set<number>();
  const deliveries: { update: number; at: number; status: number | string }[] = [];

  function pump(): void {
    if (!hook || paused) return;
    for (const item of updates.pending()) {
      if (busy.size >= hook.maxConnections) return;
      // Updates of one chat keep their order.
      if (!busy.has(item.queue)) void deliver(hook, item);
    }
  }

  async function deliver({ url, secret }: Hook, item: Pending): Promise<void> {
    busy.add(item.queue);
    const failure = await postUpdate(url, secret, item);
    busy.delete(item.queue);
    if (failure === undefined) {
      failures = 0;
      updates.delivered(item);
      return pump();
    }
    lastError = { at: clock.now(), message: failure };
    paused = true;
    clock.after(Math.min(backoffMs * 2 ** failures++, MAX_BACKOFF_MS), () => {
      paused = false;
      pump();
    });
    news.changed();
  }

  /** Says what went wrong. */
  async function postUpdate(url: string, secret: string | undefined, { update }: Pending): Promise<string | undefined> {
    const log = (status: number | string) => deliveries.push({ update: update.update_id, at: clock.now(), status });
    try {
      const answer = await fetch(url, {
        method: 'POST',
        body: JSON.stringify(update),
        headers: { 'content-type': 'application/json', ...(secret && { 'x-telegram-bot-api-secret-token': secret }) },
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      await answer.arrayBuffer();
      log(answer.status);
      return answer.ok ? undefined : `Wrong response from the webhook: ${answer.status} ${answer.statusText}`;
    } catch (error) {
      const timedOut = error instanceof Error && error.name === 'TimeoutError';
      log(timedOut ? 'timeout' : 'failed');
      return timedOut ? 'Read timeout expired' : 'Connection refused';
    }
  }

  function set(next: Hook | undefined, options: { allowed?: string[] | undefined; drop?: boolean | undefined }) {
    hook = next;
    failures = 0;
    updates.setWebhook(next?.url, options);
    pump();
    return true;
  }

  const methods: Record<string, Method> = {
    setWebhook: method(
      z.object({
        url: str.default(''),
        secret_token: str.optional(),
        max_connections: int.default(40),
        allowed_updates: json(z.array(z.string())).optional(),
        drop_pending_updates: flag.optional(),
      }),
      ({ url, secret_token, max_connections, allowed_updates, drop_pending_updates }) => {
        const options = { allowed: allowed_updates, drop: drop_pending_updates };
        if (url === '') return set(undefined, options);
        if (!isAddress(url)) throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
        if (secret_token !== undefined && !/^[\w-]{1,256}$/.test(secret_token))
          throw badRequest('secret token contains unallowed characters');
        if (clock.now() - setAt < SET_AGAIN_MS) throw tooMany(1);
        setAt = clock.now();
        const maxConnections = Math.min(Math.max(max_connections, 1), 100);
        return set({ url, secret: secret_token, maxConnections }, options);
      },
    ),
    deleteWebhook: method(z.object({ drop_pending_updates: flag.optional() }), ({ drop_pending_updates }) =>
      set(undefined, { drop: drop_pending_updates }),
    ),
    getWebhookInfo: () => ({
      url: hook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: updates.pending().length,
      ...(hook && { max_connections: hook.maxConnections }),
      ...(lastError && { last_error_date: Math.floor(lastError.at / 1000), last_error_message: lastError.message }),
      ...(updates.allowed().length > 0 && { allowed_updates: updates.allowed() }),
    }),
  };
  updates.onPush(pump);
  return {
    methods,
    deliveries,
    close() {
      hook = undefined;
    },
  };
}

/** Plain HTTP is for this machine only, where the stand-in is. */
function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname));
}
