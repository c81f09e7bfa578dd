import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createApi } from '../../../src/chat/telegram/api/api.ts';
import { freePort } from '../../bench/free-port.ts';
import { startTelegram } from '../../fakes/telegram/telegram.ts';

test('whatever a call meets is told by its kind, without the token and without what was sent', async () => {
  const fake = await startTelegram({ flood: 'off' });
  const tg = createApi({ token: fake.token, apiRoot: fake.url });
  const ada = fake.people.user({ started: true });
  const say = (chat: number | string = ada.id) =>
    tg.call((api, signal) => api.sendMessage(chat, 'private words', {}, signal));
  const seen: unknown[] = [];
  async function kindOf(call: Promise<Awaited<ReturnType<typeof say>>>): Promise<string> {
    const said = await call;
    seen.push(said);
    return said.outcome === 'done' ? 'ok' : said.failure.type;
  }
  expect(await kindOf(say())).toBe('ok');
  seen.length = 0;
  expect(await kindOf(say(424_242))).toBe('shut');
  for (const [fault, kind] of [
    [{ how: 'status', status: 429, retryAfter: '7' }, 'flood'],
    [{ how: 'status', status: 401 }, 'token'],
    [{ how: 'status', status: 409 }, 'conflict'],
    [{ how: 'status', status: 400 }, 'refused'],
    [{ how: 'status', status: 500 }, 'unknown'],
    [{ how: 'status', status: 302, location: 'http://127.0.0.1:9/' }, 'unknown'],
    [{ how: 'status', status: 502, body: '<html>' }, 'unknown'],
    [{ how: 'garbage' }, 'unknown'],
    [{ how: 'reset', when: 'worked' }, 'unknown'],
  ] as const) {
    fake.misbehave('sendMessage', fault);
    expect(await kindOf(say()), JSON.stringify(fault)).toBe(kind);
  }
  // An answer says that something broke there; without one the call may have been done.
  for (const [fault, isLost] of [
    [{ how: 'status', status: 500 }, false],
    [{ how: 'status', status: 502, body: '<html>' }, false],
    [{ how: 'reset', when: 'read' }, true],
  ] as const) {
    fake.misbehave('sendMessage', fault);
    expect(await say(), JSON.stringify(fault)).toMatchObject({ failure: { type: 'unknown', isLost } });
  }
  fake.misbehave('sendMessage', { how: 'silence' });
  const silent = tg.call((api, signal) => api.sendMessage(ada.id, 'private words', {}, signal), { timeoutMs: 50 });
  expect(await kindOf(silent)).toBe('unknown');
  const nobody = createApi({ token: fake.token, apiRoot: `http://127.0.0.1:${await freePort()}` });
  const unreached = await nobody.call((api, signal) => api.getMe(signal));
  expect(unreached).toMatchObject({ outcome: 'failed', failure: { type: 'unreached' } });
  const all = inspect([seen, unreached], { depth: 20 });
  expect(all).not.toContain(fake.token);
  expect(all).not.toContain('private words');
  await fake.close();
});
