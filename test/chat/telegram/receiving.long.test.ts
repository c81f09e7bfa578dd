import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { freePort } from '../../bench/free-port.ts';
import { type FakeTelegram, startTelegram } from '../../fakes/telegram/telegram.ts';
import { spawnBot } from '../../helpers/bot.ts';
import { startStage, type TelegramStage } from '../../helpers/telegram.ts';

let stage: TelegramStage | undefined;
afterEach(async () => {
  await stage?.close();
  stage = undefined;
});

async function open(options: Parameters<typeof startStage>[0] = {}): Promise<TelegramStage> {
  stage = await startStage(options);
  return stage;
}

const ready = async ({ bot }: TelegramStage): Promise<{ platforms: string }> =>
  (await fetch(`${bot.url}/readyz`)).json() as Promise<{ platforms: string }>;

async function untilReady(of: TelegramStage, words: RegExp): Promise<void> {
  while (!words.test((await ready(of)).platforms ?? '')) await of.tg.news.after(of.tg.news.version(), 100);
}

const call = (tg: FakeTelegram, method: string, query = ''): Promise<Response> =>
  fetch(`${tg.url}/bot${tg.token}/${method}?${query}`);

describe('by long polling', () => {
  test('an update told again, also after a kill, makes no second task', async () => {
    const { tg, photo, ...of } = await open();
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'once' });
    await of.untilDone(ada);
    const [update] = tg.updates();
    if (!update) throw new Error('no update');
    tg.people.redeliver(update);
    await of.restart('SIGKILL');
    tg.people.redeliver(update);
    tg.people.sendText({ from: ada, text: 'hello' });
    await of.untilSaid(ada, /Send me a photo/);
    expect(of.provider.report().accepted).toHaveLength(1);
    expect(of.said(ada)).toHaveLength(2);
  });

  test('updates are confirmed only when they are on record, and all are at a stop', async () => {
    const { tg, photo, ...of } = await open({ schedule: 'manual' });
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'first' });
    await of.untilSaid(ada, /first/);
    await of.restart('SIGTERM');
    expect(tg.unconfirmed()).toEqual([]);
    await of.restart('SIGKILL');
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'second' });
    await of.untilSaid(ada, /second/);
    expect(await of.recorded()).toHaveLength(2);
  });

  test('a second receiver is told plainly, and receiving goes on when it is gone', async () => {
    const of = await open();
    await of.tg.until(() => of.tg.polling());
    const other = call(of.tg, 'getUpdates', 'timeout=1');
    await untilReady(of, /Another program receives what people write/);
    await other;
    const ada = of.tg.people.user();
    of.tg.people.sendText({ from: ada, text: 'still there?' });
    await of.untilSaid(ada, /Send me a photo/);
    expect((await ready(of)).platforms).toBe('all are connected');
  });

  test('a Telegram that breaks down for a while is asked on; a token that is no bot’s ends the program in a sentence', async () => {
    const of = await open();
    of.tg.misbehave('getUpdates', { how: 'status', status: 502 }, { how: 'garbage' }, { how: 'reset', when: 'unread' });
    const ada = of.tg.people.user();
    of.tg.people.sendText({ from: ada, text: 'hello' });
    await of.untilSaid(ada, /Send me a photo/);

    of.tg.misbehave('getUpdates', { how: 'status', status: 401 });
    of.tg.people.sendText({ from: ada, text: 'hello again' });
    const ended = await of.bot.stop('SIGCONT');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('Telegram does not know the bot of this TELEGRAM_TOKEN');
  });
});

test('a wrong token ends the start in one sentence, without the token', async () => {
  const tg = await startTelegram();
  const dir = await mkdtemp(join(tmpdir(), 'kinora-no-bot-'));
  const token = '5550001111:AAAnotherTokenThatIsNoBots-0123456789';
  const { ended } = spawnBot({ TELEGRAM_TOKEN: token, TELEGRAM_API_ROOT: tg.url, DATA_DIR: dir });
  const { code, stderr, stdout } = await ended;
  await tg.close();
  await rm(dir, { recursive: true });
  expect(code).toBe(1);
  expect(stderr.trim().split('\n').at(-1)).toMatch(/^Telegram does not know the bot of this TELEGRAM_TOKEN/);
  expect(stdout + stderr).not.toContain(token.split(':')[1]);
});

test('a Telegram that is away at the start is no reason not to start', async () => {
  const port = await freePort();
  const of = await open({ settings: { TELEGRAM_API_ROOT: `http://127.0.0.1:${port}` } });
  expect((await ready(of)).platforms).toMatch(/Telegram (cannot be|has not been) reached/);
  expect((await of.bot.stop()).stdout).toContain('Telegram  configured, not reached yet;');
});

describe('by webhook', () => {
  test('requests come through, without a WEB_PASSWORD, and the secret is asked for', async () => {
    const { tg, photo, ...of } = await open({ settings: { TELEGRAM_WEBHOOK: '1' } });
    const ada = tg.people.user();
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'pushed' });
    await of.untilDone(ada);
    expect(tg.report().pollers.calls).toBe(0);
    expect(tg.report().webhook.every(({ status }) => status === 200)).toBe(true);

    const url = `${of.bot.url}/telegram/webhook`;
    const body = JSON.stringify({ ...tg.updates()[0], update_id: 1 });
    const post = (secret: string, text = body) =>
      fetch(url, { method: 'POST', body: text, headers: { 'x-telegram-bot-api-secret-token': secret } });
    const secret = createHmac('sha256', tg.token).update('kinora telegram webhook').digest('base64url');
    expect((await post('')).status).toBe(401);
    expect((await post(secret.replace(/^./, '_'))).status).toBe(401);
    expect((await post(`${secret}x`)).status).toBe(401);
    expect((await post(secret, '{}')).status).toBe(400);
    expect((await post(secret)).status).toBe(200);
    expect((await fetch(url)).status).not.toBe(200);
    // Last, because the connection is closed over it.
    expect((await post(secret, `"${'x'.repeat(1_100_000)}"`)).status).toBe(413);
    expect(of.provider.report().accepted).toHaveLength(1);
  });

  test('what Telegram tells while the program is away comes when it is back, once', async () => {
    const { tg, photo, ...of } = await open({
      settings: { TELEGRAM_WEBHOOK: '1' },
      telegram: { webhookBackoffMs: 50 },
    });
    const ada = tg.people.user();
    await of.bot.stop('SIGKILL');
    await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'patience' });
    await of.restart();
    await of.untilDone(ada);
    expect(of.provider.report().accepted).toHaveLength(1);
    await of.restart('SIGTERM', { TELEGRAM_WEBHOOK: '0' });
    tg.people.sendText({ from: ada, text: 'by polling now' });
    await of.untilSaid(ada, /Send me a photo/);
  });
});

test('commands are set at the first start only, by place and language', async () => {
  const of = await open();
  const menus = ['', 'de', 'es', 'pt', 'fr', 'ru', 'ja'].flatMap((language) =>
    ['all_private_chats', 'all_group_chats', 'all_chat_administrators'].map((place) => `${place}:${language}`),
  );
  await of.tg.until(() => of.tg.report().commands.changes.commands === menus.length);
  const { commands } = of.tg.report().commands;
  expect(Object.keys(commands)).toEqual(menus);
  expect(commands['all_group_chats:']?.map(({ command }) => command)).toEqual([
    'animate',
    'clips',
    'show',
    'cancel',
    'quota',
    'privacy',
    'export',
    'forget',
    'help',
  ]);
  const asked = of.tg.report().counts.getMyCommands ?? 0;
  await of.restart('SIGTERM');
  await of.tg.until(() => of.tg.report().counts.getMyCommands === asked + menus.length);
  expect(of.tg.report().commands.changes.commands).toBe(menus.length);
});

test('the token is in no log line, no record, no file and nothing that is sent, whatever goes wrong', async () => {
  const of = await open({ settings: { LOG_LEVEL: 'trace' } });
  const { tg, photo } = of;
  const ada = tg.people.user();
  tg.misbehave('sendMessage', { how: 'garbage' });
  tg.misbehave('getFile', { how: 'reset', when: 'worked' });
  tg.misbehave('file', { how: 'reset', when: 'read' }, { how: 'cut' });
  tg.misbehave('getUpdates', { how: 'garbage' }, { how: 'reset', when: 'read' });
  tg.misbehave('editMessageMedia', { how: 'reset', when: 'read' }, { how: 'status', status: 500 });
  tg.misbehave('answerCallbackQuery', { how: 'status', status: 403 });
  await tg.people.sendPhoto({ from: ada, bytes: photo, caption: 'secretive' });
  const clip = await of.untilClip(ada);
  void tg.people.press(clip, 'Again').catch(() => {});
  await of.untilClip(ada, 2);
  const traces = await of.traces();
  const [, secret = ''] = tg.token.split(':');
  expect(traces).toContain('the picture could not be fetched');
  expect(traces.includes(secret)).toBe(false);
  expect(traces.includes(encodeURIComponent(tg.token))).toBe(false);
  expect(tg.report().tokenLeaks).toEqual([]);
});
