import { createHmac } from 'node:crypto';
import type { Update } from 'grammy/types';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { timingSafeEqual } from 'hono/utils/buffer';
import { z } from 'zod';
import type { Clock } from '../../../util/clock.ts';
import { sha256 } from '../../../util/hash.ts';
import type { Log } from '../../../util/log.ts';
import { settleWithin } from '../../../util/settle-within.ts';
import type { ApiResult, Telegram } from '../api/api.ts';
import type { OfBot } from '../places.ts';
import { ALLOWED_UPDATES } from './updates.ts';

const SECRET_HEADER = 'X-Telegram-Bot-Api-Secret-Token';
/** An update is a few kB of JSON. */
const MAX_BODY_BYTES = 1024 * 1024;
/** Updates that Telegram sends at once. */
const MAX_CONNECTIONS = 40;
/** What is not on record by then is told again, perhaps to another process. Telegram waits for a minute. */
const TAKE_MS = 25_000;

/** Whoever polled before, and ends only now, may have taken the webhook away: it is looked so often whether it stands. */
const LOOK_MS = 5 * 60_000;

/** A bot, and what its calls are known by. */
interface Hook extends OfBot {
  token: string;
}

/** Each bot has a path of its own. */
const pathOf = ({ platform }: OfBot): string => `/${platform}/webhook`;

/** The secret follows from the token, so that nothing has to be kept, and every process has the same. */
export const webhookSecret = (token: string): string =>
  createHmac('sha256', token).update('kinora telegram webhook').digest('base64url');

/**
 * Where Telegram is to post. What the secret is known by is in it, for Telegram tells the address that it has and not the
 * secret: with another token both are others.
 */
export const webhookUrl = ({ publicUrl, token, platform }: Hook & { publicUrl: string }): string =>
  `${publicUrl}${pathOf({ platform })}?key=${sha256(webhookSecret(token)).slice(0, 8)}`;

/** The secret proves that Telegram sends it; of the rest only enough is read to know that it is an update. */
const updateSchema = z.custom<Update>(
  (value) => z.looseObject({ update_id: z.number().int() }).safeParse(value).success,
);

/** Takes updates that Telegram posts. Each is answered once it is on record; otherwise Telegram tells it again. */
export function createWebhookRoutes({
  token,
  platform,
  take,
  clock,
  log,
}: Hook & {
  take: (update: Update) => Promise<void>;
  clock: Clock;
  log: Pick<Log, 'warn'>;
}): Hono {
  const secret = webhookSecret(token);
  const path = pathOf({ platform });
  return new Hono()
    .post(path, async (c, next) => {
      if (!(await timingSafeEqual(c.req.header(SECRET_HEADER) ?? '', secret))) return c.body(null, 401);
      await next();
    })
    .post(path, bodyLimit({ maxSize: MAX_BODY_BYTES }), async (c) => {
      const read = updateSchema.safeParse(await c.req.json().catch(() => undefined));
      if (!read.success) return c.body(null, 400);
      const { update_id: update } = read.data;
      try {
        if (await settleWithin(take(read.data), TAKE_MS, clock)) return c.body(null, 200);
        log.warn({ update }, 'an update is not on record yet, after a while: it is told again');
      } catch (error) {
        log.warn({ err: error, update }, 'an update could not be put on record yet');
      }
      return c.body(null, 503);
    });
}

/** Tells Telegram where to post, unless it knows: of many processes that start only one has to, and none too often. */
export async function setWebhook(
  tg: Telegram,
  { url, token, ending }: { url: string; token: string; ending?: AbortSignal },
): Promise<ApiResult<unknown>> {
  const known = await tg.call((api, signal) => api.getWebhookInfo(signal), { signal: ending });
  if (known.outcome === 'failed') return known;
  const { url: before, allowed_updates: allowed = [], max_connections: connections } = known.result;
  const isAllowed =
    ALLOWED_UPDATES.every((kind) => allowed.includes(kind)) && allowed.length === ALLOWED_UPDATES.length;
  if (before === url && isAllowed && connections === MAX_CONNECTIONS) return known;
  const how = {
    secret_token: webhookSecret(token),
    allowed_updates: [...ALLOWED_UPDATES],
    max_connections: MAX_CONNECTIONS,
    drop_pending_updates: false,
  };
  return tg.call((api, signal) => api.setWebhook(url, how, signal), { signal: ending });
}

/** Sees to it that Telegram goes on posting here, until `ending`. */
export async function keepWebhook(
  tg: Telegram,
  {
    clock,
    log,
    ending,
    ...hook
  }: { url: string; token: string; clock: Clock; log: Pick<Log, 'warn'>; ending: AbortSignal },
): Promise<void> {
  for (;;) {
    await clock.sleep(LOOK_MS, ending);
    if (ending.aborted) return;
    const said = await setWebhook(tg, { ...hook, ending });
    if (said.outcome === 'failed' && !ending.aborted)
      log.warn({ reason: said.failure.reason }, 'whether Telegram still calls here could not be looked at');
  }
}
