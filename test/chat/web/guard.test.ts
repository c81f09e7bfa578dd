import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isOurHost } from '../../../src/chat/web/guard.ts';
import { loginFor, wayBack } from '../../../src/chat/web/page/way-back.ts';
import { freePort } from '../../bench/free-port.ts';
import { type RunningBot, startBot } from '../../helpers/bot.ts';
import { tinyPng } from '../../helpers/pictures.ts';
import { ask, errorIn, octets, rawRequest } from '../../helpers/web.ts';

const PASSWORD = 'correct horse battery';
const dirs: string[] = [];
async function makeDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'kinora-guard-'));
  dirs.push(dir);
  return dir;
}
afterAll(() => Promise.all(dirs.map((dir) => rm(dir, { recursive: true, force: true }))));

describe('the name in the Host header', () => {
  const local = { host: '127.0.0.1' };
  const everywhere = { host: '0.0.0.0' };
  const named = { host: '0.0.0.0', publicUrl: 'https://kinora.example.org' };
  test.each([
    ['localhost:3000', local, true],
    ['127.0.0.1:3000', local, true],
    ['[::1]:3000', local, true],
    ['LOCALHOST', local, true],
    // A container or a tunnel passes another port on.
    ['localhost:8080', local, true],
    ['evil.example:3000', local, false],
    ['localhost.evil.example', local, false],
    ['127.0.0.1.evil.example:3000', local, false],
    ['192.168.1.5:3000', local, false],
    ['localhost@evil.example', local, false],
    ['evil.example/localhost', local, false],
    ['', local, false],
    [undefined, local, false],
    ['192.168.1.5:3000', { host: '192.168.1.5' }, true],
    ['[fd00::5]:3000', { host: 'fd00::5' }, true],
    ['box.lan:3000', { host: 'box.lan' }, true],
    ['192.168.1.5:3000', everywhere, true],
    ['[fd00::5]:3000', everywhere, true],
    ['box.lan:3000', everywhere, false],
    ['kinora.example.org', named, true],
    ['kinora.example.org:8443', named, true],
    ['kinora.example.org.evil.example', named, false],
  ])('%s where %o: %s', (header, face, ours) => {
    expect(isOurHost(header, face)).toBe(ours);
  });
});

describe('on this machine only', () => {
  let bot: RunningBot;
  beforeAll(async () => {
    bot = await startBot({ DATA_DIR: await makeDir() });
  });
  afterAll(() => bot.stop());

  test('a page whose name was pointed here is refused, whatever it asks for', async () => {
    for (const path of ['/', '/app.js', '/api/conversation', '/metrics', '/api/events']) {
      const { status, body } = await rawRequest(bot.url + path, { headers: { host: `evil.example:${bot.port}` } });
      expect([path, status]).toEqual([path, 421]);
      expect(body).toMatch(/address|machine/);
    }
  });

  test('a proxy that nobody announced is refused: the world may be behind it', async () => {
    for (const header of ['X-Forwarded-For', 'Forwarded', 'X-Forwarded-Host', 'X-Real-IP']) {
      for (const path of ['/', '/metrics']) {
        const { status, body } = await rawRequest(bot.url + path, { headers: { [header]: '203.0.113.7' } });
        expect([path, status, body]).toEqual([path, 421, expect.stringContaining('PUBLIC_URL')]);
      }
    }
  });

  test.each<[string, Record<string, string>]>([
    ['another site', { origin: 'https://evil.example' }],
    ['another program on this machine', { origin: 'http://localhost:8080' }],
    ['a page without an origin', { origin: 'null' }],
    ['another site, by a browser that says so', { 'sec-fetch-site': 'cross-site' }],
    ['another program on this machine, by a browser that says so', { 'sec-fetch-site': 'same-site' }],
  ])('what %s asks for is not done', async (_who, headers) => {
    const calls: [string, string][] = [
      ['POST', '/api/commands/animate?key=12345678&scene=x'],
      ['POST', `/api/tasks/${'0'.repeat(24)}/cancel`],
      ['POST', `/api/tasks/${'0'.repeat(24)}/delete`],
      ['GET', '/api/conversation'],
      ['GET', '/api/events'],
      ['GET', '/metrics'],
      ['GET', `/tasks/${'0'.repeat(24)}/picture`],
    ];
    for (const [method, path] of calls) {
      const answer = await rawRequest(bot.url + path, { method, headers: { ...octets, ...headers } });
      expect([method, path, answer.status]).toEqual([method, path, 403]);
      expect(JSON.parse(answer.body).error).toContain('another site');
    }
  });

  test('its own page, the address bar and a script are served', async () => {
    const read = (headers: Record<string, string>) => rawRequest(`${bot.url}/api/conversation`, { headers });
    const readers: Record<string, string>[] = [{}, { 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }];
    for (const headers of readers) expect((await read(headers)).status).toBe(200);
    const picture = await tinyPng();
    const writers: Record<string, string>[] = [{}, { 'sec-fetch-site': 'same-origin' }, { origin: bot.url }];
    for (const headers of writers) expect((await ask(bot.url, picture, {}, headers)).status).toBe(201);
  });

  test('every answer keeps other pages out', async () => {
    for (const path of ['/', '/api/about', '/nothing', '/healthz', '/metrics', `/tasks/${'0'.repeat(24)}/clip`]) {
      const { headers } = await fetch(bot.url + path);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self'; " +
          "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

test('figures are for whoever may use the chat, and at OPS_PORT for whoever is at this machine', async () => {
  const ops = String(await freePort());
  const bot = await startBot({ DATA_DIR: await makeDir(), WEB_PASSWORD: PASSWORD, OPS_PORT: ops });
  const read = (url: string, cookie = '') => fetch(`${url}/metrics`, { headers: { cookie } });
  expect((await read(bot.url)).status).toBe(401);
  const body = new URLSearchParams({ password: PASSWORD });
  const login = await fetch(`${bot.url}/login`, {
    method: 'POST',
    body,
    headers: { origin: bot.url },
    redirect: 'manual',
  });
  const [cookie = ''] = login.headers.getSetCookie();
  const inside = await read(bot.url, cookie.split(';')[0]);
  expect([inside.status, await inside.text()]).toEqual([200, expect.stringContaining('kinora_tasks')]);
  expect((await read(`http://127.0.0.1:${ops}`)).status).toBe(200);
  await bot.stop();
});

describe('open to others without a password', () => {
  test.each<Record<string, string>>([{ HOST: '0.0.0.0' }, { PUBLIC_URL: 'https://kinora.example.org' }])(
    '(%o) the chat is off and says how to switch it on; health is told, metrics are not',
    async (env) => {
      const bot = await startBot({ DATA_DIR: await makeDir(), ...env });
      const person = await fetch(`${bot.url}/`, { headers: { accept: 'text/html' } });
      expect([person.status, person.headers.get('content-type')]).toEqual([403, expect.stringContaining('text/plain')]);
      expect(await person.text()).toMatch(/off, because .* Set WEB_PASSWORD/);
      for (const path of ['/api/conversation', '/metrics', '/app.js', '/login'])
        expect([path, (await fetch(bot.url + path)).status]).toEqual([path, 403]);
      expect((await ask(bot.url, await tinyPng())).status).toBe(403);
      for (const path of ['/healthz', '/readyz']) expect((await fetch(bot.url + path)).status).toBe(200);
      await bot.stop();
    },
  );
});

test.each([
  ['/clips?words=a+b', '/clips?words=a+b'],
  ['/admin', '/admin'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['/\t/evil.example', '/'],
  ['/..//evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/login?to=/login', '/'],
  ['', '/'],
])('the password page leads to %j as %j', (to, there) => {
  const search = `?${new URLSearchParams({ to })}`;
  expect(wayBack({ search, origin: 'https://kinora.example.org' })).toBe(there);
});

test('where one was when the password is asked for is where one is then', () => {
  const { search } = new URL(loginFor({ pathname: '/clips', search: '?words=a&mine=true' }), 'http://localhost');
  expect(wayBack({ search, origin: 'http://localhost' })).toBe('/clips?words=a&mine=true');
});

describe('behind a password', () => {
  const PUBLIC_URL = 'https://kinora.example.org';
  let bot: RunningBot;
  let dir: string;
  const start = (more: Record<string, string> = {}) =>
    startBot({ DATA_DIR: dir, WEB_PASSWORD: PASSWORD, PUBLIC_URL, ...more });
  beforeAll(async () => {
    dir = await makeDir();
    bot = await start();
  });
  afterAll(() => bot.stop());

  async function logIn(password = PASSWORD, origin = PUBLIC_URL, has = '') {
    const body = new URLSearchParams({ password }).toString();
    const headers = { origin, 'content-type': 'application/x-www-form-urlencoded', cookie: has };
    const answer = await rawRequest(`${bot.url}/login`, { method: 'POST', headers, body });
    const [set = '', mark = ''] = answer.headers['set-cookie'] ?? [];
    return { ...answer, set, cookie: set.split(';')[0] ?? '', mark: mark.split(';')[0] ?? '' };
  }
  /** What a browser has that was here, and showed no password. */
  async function markOf(path = '/login'): Promise<string> {
    const { headers } = await rawRequest(bot.url + path, { headers: { accept: 'text/html' } });
    const [set = ''] = headers['set-cookie'] ?? [];
    expect(set).toMatch(/^__Host-kinora-browser=\S+; .*HttpOnly; Secure; SameSite=Lax/);
    return set.split(';')[0] ?? '';
  }
  const read = (cookie: string) => fetch(`${bot.url}/api/conversation`, { headers: { cookie } });

  test('nothing of the conversation is shown, and the page itself is', async () => {
    for (const path of ['/api/conversation', '/api/events', '/api/about', `/tasks/${'0'.repeat(24)}/clip`]) {
      const response = await fetch(bot.url + path);
      expect([path, response.status, await errorIn(response)]).toEqual([path, 401, 'Log in first.']);
    }
    const refused = await ask(bot.url, await tinyPng(), {}, { origin: PUBLIC_URL });
    expect(refused.status).toBe(401);
    for (const path of ['/', '/login', '/app.js']) expect((await fetch(bot.url + path)).status).toBe(200);
    expect((await fetch(`${bot.url}/metrics`)).status).toBe(404);
  });

  test('a wrong password opens nothing, the right one does, for this browser alone', async () => {
    const wrong = await logIn('correct horse');
    expect([wrong.status, wrong.set, JSON.parse(wrong.body)]).toEqual([
      401,
      '',
      { error: 'That is not the password.' },
    ]);
    const right = await logIn();
    expect([right.status, right.headers.location]).toEqual([303, '/']);
    expect(right.set).toMatch(/^__Host-kinora=/);
    for (const attribute of ['HttpOnly', 'SameSite=Strict', 'Secure', 'Path=/', 'Max-Age=2592000'])
      expect(right.set.split('; ')).toContain(attribute);
    expect((await read(right.cookie)).status).toBe(200);
    expect((await ask(bot.url, await tinyPng(), {}, { origin: PUBLIC_URL, cookie: right.cookie })).status).toBe(201);
  });

  test('a cookie that was changed opens nothing', async () => {
    const { cookie } = await logIn();
    const [name, value = ''] = cookie.split('=');
    const [until, nonce, mac] = value.split('.');
    const forged = [`${Number(until) + 1}.${nonce}.${mac}`, `${until}.${nonce}`, `${until}.${nonce}.${mac}x`, '', '..'];
    for (const token of forged) expect((await read(`${name}=${token}`)).status).toBe(401);
    expect((await read(cookie)).status).toBe(200);
  });

  test('a cookie is not enough for a change: it must come from the page', async () => {
    const { cookie } = await logIn();
    const senders: Record<string, string>[] = [
      {},
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
    ];
    for (const more of senders) expect((await ask(bot.url, await tinyPng(), {}, { ...more, cookie })).status).toBe(403);
    expect((await logIn(PASSWORD, 'https://evil.example')).status).toBe(403);
  });

  test('a session outlives a restart, and ends with the password', async () => {
    const { cookie } = await logIn();
    await bot.stop();
    bot = await start();
    expect((await read(cookie)).status).toBe(200);
    await bot.stop();
    bot = await start({ WEB_PASSWORD: 'another password' });
    expect((await read(cookie)).status).toBe(401);
    await bot.stop();
    bot = await start();
  });

  test('after ten tries the next has to wait, the right one too, and who is in stays in', async () => {
    const { cookie } = await logIn();
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) statuses.push((await logIn(`guess ${i}`)).status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(2);
    const answer = await logIn();
    expect(answer.status).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect((await read(cookie)).status).toBe(200);
  });

  test('a browser that errs ten times locks itself out, and no other that comes by the same proxy', async () => {
    await bot.stop();
    bot = await start();
    const [errs, another] = [await markOf(), await markOf('/')];
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) statuses.push((await logIn(`guess ${i}`, PUBLIC_URL, errs)).status);
    expect([statuses.slice(0, 10), statuses.at(-1)]).toEqual([Array(10).fill(401), 429]);
    expect((await logIn(PASSWORD, PUBLIC_URL, errs)).status).toBe(429);
    expect((await logIn(PASSWORD, PUBLIC_URL, another)).status).toBe(303);
    expect((await logIn()).status).toBe(303);
  });

  test('whoever takes another mark for each try has no more tries for that, and none that was made up counts', async () => {
    await bot.stop();
    bot = await start();
    let guesses = 0;
    for (let i = 0; i < 80; i++) if ((await logIn(`guess ${i}`, PUBLIC_URL, await markOf())).status === 401) guesses++;
    // One a second is free again.
    expect(guesses).toBeGreaterThanOrEqual(60);
    expect(guesses).toBeLessThan(75);
    await bot.stop();
    bot = await start();
    const forged = (i: number) => `__Host-kinora-browser=nonce-${i}.c2lnbmVk`;
    for (let i = 0; i < 12; i++)
      expect((await logIn(`guess ${i}`, PUBLIC_URL, forged(i))).status).toBe(i < 10 ? 401 : 429);
  });

  test('a browser that was logged in before is never kept waiting, its session over or not', async () => {
    await bot.stop();
    bot = await start();
    const { cookie, mark } = await logIn();
    for (let i = 0; i < 80; i++) await logIn(`guess ${i}`, PUBLIC_URL, i % 2 === 0 ? '' : await markOf());
    expect((await logIn()).status).toBe(429);
    for (const has of [mark, cookie]) {
      for (let i = 0; i < 12; i++) expect((await logIn('mistyped', PUBLIC_URL, has)).status).toBe(401);
      expect((await logIn(PASSWORD, PUBLIC_URL, has)).status).toBe(303);
    }
  });
});
