import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tinyPng } from '../../helpers/pictures.ts';
import { asking } from './asking.ts';
import { type FakeTelegram, startTelegram } from './telegram.ts';

let tg: FakeTelegram;
let ask: ReturnType<typeof asking>;
beforeEach(async () => {
  tg = await startTelegram({ webhookTimeoutMs: 200 });
  ask = asking(tg);
});
afterEach(() => tg.close());

const CONFLICT = { status: 409, error_code: 409 };

test('a wrong token is unauthorized, a path or method that is none is not found', async () => {
  const get = async (path: string) => (await fetch(tg.url + path)).json();
  const notFound = { ok: false, error_code: 404, description: 'Not Found' };
  expect(await get('/bot1:wrong/getMe')).toEqual({ ok: false, error_code: 401, description: 'Unauthorized' });
  expect(await get('/botnonsense/getMe')).toEqual(notFound);
  expect(await get('/')).toEqual(notFound);
  const unknown = { ...notFound, description: 'Not Found: method not found' };
  expect(await get(`/bot${tg.token}/sendTelegram`)).toEqual(unknown);
  expect(await get(`/bot${tg.token}/getme`)).toMatchObject({ ok: true, result: { username: 'kinora_bot' } });
  await ask('logOut');
  expect(await ask('getMe')).toMatchObject({ status: 400, description: 'Logged out' });
});

test('parameters are read from the query, from forms and from multipart as grammY writes it', async () => {
  const chat_id = tg.people.user({ started: true }).id;
  const at = `${tg.url}/bot${tg.token}/sendMessage`;
  const markup = JSON.stringify({ inline_keyboard: [[{ text: 'x', url: 'https://kinora.example' }]] });
  await fetch(`${at}?chat_id=${chat_id}&text=query`);
  await fetch(at, {
    method: 'POST',
    body: new URLSearchParams({ chat_id: `${chat_id}`, text: 'form', reply_markup: markup }),
  });
  const parts = [
    `name="chat_id"\r\n\r\n${chat_id}`,
    'name="text"\r\n\r\nmultipart',
    `name="reply_markup"\r\n\r\n${markup}`,
  ];
  const body = `${parts.map((part) => `--b\r\ncontent-disposition:form-data;${part}\r\n`).join('')}--b--\r\n`;
  await fetch(at, { method: 'POST', body, headers: { 'content-type': 'multipart/form-data; boundary=b' } });
  expect(tg.messages(chat_id).map(({ now }) => now.text)).toEqual(['query', 'form', 'multipart']);
  expect(tg.messages(chat_id).map(({ now }) => now.reply_markup !== undefined)).toEqual([false, true, true]);
});

test('what cannot be read is a bad request, never a lost connection', async () => {
  const chat_id = tg.people.user({ started: true }).id;
  const post = async (type: string, body: string) => {
    const headers = { 'content-type': type };
    return (await fetch(`${tg.url}/bot${tg.token}/sendMessage`, { method: 'POST', headers, body })).status;
  };
  expect(await post('application/json', '[1]')).toBe(400);
  expect(await post('application/json', '{')).toBe(400);
  expect(await post('multipart/form-data', 'x')).toBe(400);
  expect(await post('multipart/form-data; boundary=b', 'x')).toBe(400);
  expect((await fetch(`${tg.url}/bot${tg.token}/%E0%A4%A`)).status).toBe(404);
  const { result } = await ask('sendMessage', { chat_id, text: 'a &#9999999; &#x1F3AC; b', parse_mode: 'html' });
  expect(result.text).toBe('a &#9999999; 🎬 b');
});

test('the token in a message is noticed', async () => {
  const chat_id = tg.people.user({ started: true }).id;
  await ask('sendMessage', { chat_id, text: `see /file/bot${tg.token}/photos/1.jpg` });
  await ask('sendDocument', { chat_id, document: new Blob([`log: ${tg.token}`]) });
  expect(tg.report().tokenLeaks).toEqual(['sendMessage', 'sendDocument']);
});

test('calls go wrong on demand: refused, lost before or after they worked, never answered', async () => {
  const chat_id = tg.people.user({ started: true }).id;
  const say = (text: string) => ask('sendMessage', { chat_id, text });
  tg.misbehave(
    'sendMessage',
    { how: 'status', status: 429, retryAfter: '7' },
    { how: 'status', status: 502, body: '<html>Bad Gateway</html>' },
    { how: 'reset', when: 'read' },
    { how: 'reset', when: 'worked' },
    'well',
  );
  expect(await say('1')).toMatchObject({
    status: 429,
    description: 'Too Many Requests: retry after 7',
    parameters: { retry_after: 7 },
  });
  await expect(say('2')).rejects.toThrow(/JSON/);
  await expect(say('3')).rejects.toThrow('fetch failed');
  await expect(say('4')).rejects.toThrow('fetch failed');
  expect(await say('5')).toMatchObject({ ok: true });
  expect(tg.messages(chat_id).map(({ now }) => now.text)).toEqual(['4', '5']);
  tg.misbehave('*', { how: 'silence', worked: true });
  const hung = fetch(`${tg.url}/bot${tg.token}/sendMessage?chat_id=${chat_id}&text=6`, {
    signal: AbortSignal.timeout(100),
  });
  await expect(hung).rejects.toThrow(/timeout/);
  expect(tg.messages(chat_id).at(-1)?.now.text).toBe('6');
});

test('downloads go wrong on demand', async () => {
  const ada = tg.people.user();
  const { now } = await tg.people.sendPhoto({ from: ada, bytes: await tinyPng() });
  const { result } = await ask('getFile', { file_id: now.photo?.at(-1)?.file_id });
  const get = () => fetch(`${tg.url}/file/bot${tg.token}/${result.file_path}`);
  tg.misbehave('file', { how: 'status', status: 404 }, { how: 'cut' });
  expect((await get()).status).toBe(404);
  await expect((await get()).arrayBuffer()).rejects.toThrow();
  expect((await (await get()).arrayBuffer()).byteLength).toBe(result.file_size);
});

test('a long poll ends with news, with its time, or with a second poller; the offset confirms', async () => {
  const ada = tg.people.user();
  const poll = ask('getUpdates', { timeout: 50 });
  await tg.until(() => tg.polling());
  const first = tg.people.sendText({ from: ada, text: '1' });
  expect((await poll).result).toMatchObject([{ message: { message_id: first.id, text: '1' } }]);
  const [update] = tg.updates();
  if (!update) throw new Error('nothing was told');
  const { update_id } = update;
  const empty = ask('getUpdates', { offset: update_id + 1, timeout: 50 });
  await tg.until(() => tg.polling());
  tg.advance(50_000);
  expect((await empty).result).toEqual([]);
  const older = ask('getUpdates', { offset: update_id + 1, timeout: 50 });
  await tg.until(() => tg.polling());
  expect((await ask('getUpdates', { offset: update_id + 1 })).result).toEqual([]);
  expect(await older).toMatchObject({
    ...CONFLICT,
    description: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  });
  tg.people.redeliver(update);
  expect((await ask('getUpdates', { offset: update_id + 1 })).result).toMatchObject([{ update_id }]);
  expect((await ask('getUpdates', { offset: update_id + 1 })).result).toEqual([]);
});

test('only the kinds of update that were asked for are told, and for a day', async () => {
  const ada = tg.people.user();
  await ask('getUpdates', { allowed_updates: ['edited_message'] });
  tg.people.edit(tg.people.sendText({ from: ada, text: '1' }), '2');
  const told = async () => (await ask('getUpdates')).result;
  expect(await told()).toMatchObject([{ edited_message: { text: '2' } }]);
  tg.advance(24 * 3_600_000);
  expect(await told()).toEqual([]);
});

test('a webhook gets each update with its secret until it says 2xx, in order, and forbids polling', async () => {
  const got: { secret: IncomingHttpHeaders[string]; text: string }[] = [];
  const answers = [500, 0, 200, 200]; // 0: never
  const bot = createServer(async (req, res) => {
    let body = '';
    for await (const chunk of req) body += chunk;
    got.push({ secret: req.headers['x-telegram-bot-api-secret-token'], text: JSON.parse(body).message.text });
    const status = answers.shift();
    if (status) res.writeHead(status).end();
  });
  await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(bot.address() as AddressInfo).port}/telegram`;
  expect(await ask('setWebhook', { url, secret_token: 'not allowed' })).toMatchObject({ status: 400 });
  await ask('setWebhook', { url, secret_token: 'a-secret' });
  expect(await ask('getUpdates')).toMatchObject({
    ...CONFLICT,
    description:
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  });
  const ada = tg.people.user();
  tg.people.sendText({ from: ada, text: '1' });
  tg.people.sendText({ from: ada, text: '2' });
  for (const tries of [1, 2]) {
    await tg.until(() => tg.report().webhook.length === tries);
    tg.advance(60_000);
  }
  await tg.until(() => tg.unconfirmed().length === 0);
  expect(got).toEqual(['1', '1', '1', '2'].map((text) => ({ secret: 'a-secret', text })));
  expect(tg.report().webhook.map(({ status }) => status)).toEqual([500, 'timeout', 200, 200]);
  expect((await ask('getWebhookInfo')).result).toMatchObject({
    url,
    pending_update_count: 0,
    last_error_message: 'Read timeout expired',
  });
  await ask('deleteWebhook');
  expect(await ask('getUpdates')).toMatchObject({ ok: true });
  bot.closeAllConnections();
  bot.close();
});

test('sends and edits share the flood budgets; what is refused costs nothing and prolongs nothing', async () => {
  const ada = tg.people.user({ started: true });
  const say = () => ask('sendMessage', { chat_id: ada.id, text: 'x' });
  const { result } = await say();
  await ask('editMessageText', { chat_id: ada.id, message_id: result.message_id, text: 'y' });
  // A short burst is let.
  for (let n = 0; n < 8; n++) expect(await say()).toMatchObject({ ok: true });
  const refused = { status: 429, description: 'Too Many Requests: retry after 10', parameters: { retry_after: 10 } };
  expect(await say()).toMatchObject(refused);
  tg.advance(5_000);
  expect(await say()).toMatchObject({ status: 429 });
  expect(await ask('deleteMessage', { chat_id: ada.id, message_id: result.message_id })).toMatchObject({ ok: true });
  tg.advance(5_000);
  expect(await say()).toMatchObject({ ok: true });
  const byOne = { chat: ada.id, method: 'sendMessage' };
  expect(tg.report().flood).toMatchObject([
    { ...byOne, whileBlocked: false },
    { ...byOne, whileBlocked: true },
  ]);

  tg.advance(60_000);
  const crowd = Array.from({ length: 31 }, () => tg.people.user({ started: true }));
  const all = await Promise.all(crowd.map(({ id }) => ask('sendMessage', { chat_id: id, text: 'x' })));
  expect(all.filter(({ status }) => status === 429)).toMatchObject([{ parameters: { retry_after: 1 } }]);
});
