import type { Update } from 'grammy/types';
import pino from 'pino';
import { expect, test } from 'vitest';
import type { ApiResult, Telegram } from '../../../src/chat/telegram/api/api.ts';
import { poll } from '../../../src/chat/telegram/receive/polling.ts';
import { createTrouble } from '../../../src/chat/telegram/receive/trouble.ts';
import { openPicture } from '../../../src/chat/telegram/send/pictures.ts';
import { DIRECT } from '../../../src/net/network.ts';
import { manualClock } from '../../helpers/clock.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('of several bots one whose token was refused is told of once, and hears again once it is taken', async () => {
  const clock = manualClock(settled);
  const ending = new AbortController();
  const lines: string[] = [];
  const say = (...said: unknown[]) => void lines.push(String(said.at(-1)));
  const log = { info: say, warn: say, error: say };
  const trouble = createTrouble({
    ...{ config: { bot: '5', setting: 'TELEGRAM_TOKENS', isAlone: false }, log },
    fail: (error) => say(`ended: ${error.message}`),
  });
  trouble.none();
  let refusals = 2;
  const tg = {
    async call(): Promise<ApiResult<Update[]>> {
      if (refusals-- > 0) return { outcome: 'failed', failure: { type: 'token', reason: 'Telegram said 404' } };
      return { outcome: 'done', result: ending.signal.aborted ? [] : [{ update_id: 1 }] };
    },
  } as Pick<Telegram, 'call'> as Telegram;
  const heard: number[] = [];
  const take = async ({ update_id: id }: Update) => {
    heard.push(id);
    ending.abort();
  };
  const { on: onTrouble, refusedMs } = trouble;
  const polling = poll({ tg, take, onTrouble, refusedMs, clock, log, ending: ending.signal });
  await clock.until(() => heard.length > 0);
  await polling;
  expect(lines).toEqual([expect.stringContaining('bot 5 of TELEGRAM_TOKENS'), 'Telegram is connected']);
});

test('a picture that only a bot whose token was refused can bring is not given up for that', async () => {
  const tg = {
    call: async () => ({ outcome: 'failed', failure: { type: 'token', reason: 'Telegram said 401' } }) as const,
  } as Telegram;
  const config = { apiRoot: 'https://telegram.example', token: '5:AA' };
  const deps = { tg, log: pino({ level: 'silent' }), network: DIRECT, config };
  const { signal } = new AbortController();
  expect(await openPicture(deps, 'file', signal)).toMatchObject({ outcome: 'later', limited: 'flood' });
});
