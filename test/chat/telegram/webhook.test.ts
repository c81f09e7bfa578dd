import { Api } from 'grammy';
import type { WebhookInfo } from 'grammy/types';
import { expect, test } from 'vitest';
import type { Telegram, Work } from '../../../src/chat/telegram/api/api.ts';
import { keepWebhook } from '../../../src/chat/telegram/receive/webhook.ts';
import { manualClock } from '../../helpers/clock.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('a webhook that somebody took away stands again some minutes later, and is set no more often', async () => {
  const clock = manualClock(settled);
  const ending = new AbortController();
  let stands: WebhookInfo = { url: '', has_custom_certificate: false, pending_update_count: 0 };
  let times = 0;
  const api = new Api('1:token');
  api.getWebhookInfo = async () => stands;
  api.setWebhook = async (url, how) => {
    times++;
    stands = {
      ...stands,
      url,
      max_connections: how?.max_connections,
      allowed_updates: [...(how?.allowed_updates ?? [])],
    };
    return true;
  };
  const call = async <T>(work: Work<T>) => ({
    outcome: 'done' as const,
    result: await work(api, new AbortController().signal as Parameters<Work<T>>[1]),
  });
  const tg: Telegram = { call };
  const log = { warn: () => expect.unreachable() };
  const kept = keepWebhook(tg, { url: 'https://bot.example', token: '1:token', clock, log, ending: ending.signal });
  await clock.advance(360_000);
  expect(stands.url).toBe('https://bot.example');
  await clock.advance(3_600_000);
  expect(times).toBe(1);
  stands = { ...stands, url: '' };
  await clock.advance(360_000);
  expect([stands.url, times]).toEqual(['https://bot.example', 2]);
  ending.abort();
  await kept;
});
