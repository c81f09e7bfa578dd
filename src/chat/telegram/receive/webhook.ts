import { createHmac } from 'node:crypto';
import type { Update } from 'grammy/types';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { timingSafeEqual } from 'hono/utils/buffer';
import { z } from 'zod';
import type { Log } from '../../../util/log.ts';
import type { ApiResult, Telegram } from '../api/api.ts';
import { ALLOWED_UPDATES } from './updates.ts';

export const WEBHOOK_PATH = '/telegram/webhook';
const SECRET_HEADER = 'X-Telegram-Bot-Api-Secret-Token';
/** An update is a few kB of JSON. */
const MAX_BODY_BYTES = 1024 * 1024;
/** Updates that Telegram sends at once. */
const MAX_CONNECTIONS = 40;

/** The secret follows from the token, so that nothing has to be kept, and every process has the same. */
export const webhookSecret = (token: string): string =>
  createHmac('sha256', token).update('kinora telegram webhook').digest('base64url');

/** The secret proves that Telegram sends it; of the rest only enough is read to know that it is an update. */
const updateSchema = z.custom<Update>(
  (value) => z.looseObject({ update_id: z.number().int() }).safeParse(value).success,
);

/** Takes updates that Telegram posts. Each is answered once it is on record; otherwise Telegram tells it again. */
export function createWebhookRoutes(deps: {
  token: string;
  take: (update: Update) => Promise<void>;
  log: Pick<Log, 'warn'>;
}): Hono {
  const { token, take, log } = deps;
  const secret = webhookSecret(token);
  return new Hono()
    .post(WEBHOOK_PATH, async (c, next) => {
      if (!(await timingSafeEqual(c.req.header(SECRET_HEADER) ?? '', secret))) return c.body(null, 401);
      await next();
    })
    .post(WEBHOOK_PATH, bodyLimit({ maxSize: MAX_BODY_BYTES }), async (c) => {
      const read = updateSchema.safeParse(await c.req.json().catch(() => undefined));
      if (!read.success) return c.body(null, 400);
      try {
        await take(read.data);
        return c.body(null, 200);
      } catch (error) {
        log.warn({ err: error, update: read.data.update_id }, 'an update could not be put on record yet');
        return c.body(null, 503);
      }
    });
}

/** Tells Telegram where to post. */
export const setWebhook = (
  tg: Telegram,
  { publicUrl, token }: { publicUrl: string; token: string },
): Promise<ApiResult<true>> =>
  tg.call((api, signal) =>
    api.setWebhook(
      `${publicUrl}${WEBHOOK_PATH}`,
      {
        secret_token: webhookSecret(token),
        allowed_updates: [...ALLOWED_UPDATES],
        max_connections: MAX_CONNECTIONS,
      },
      signal,
    ),
  );
