import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningBot, startBot } from '../../helpers/bot.ts';
import { tinyPng } from '../../helpers/pictures.ts';
import { ask, conversation, errorIn, newKey, octets } from '../../helpers/web.ts';

const MB = 1024 * 1024;
let dir: string;
let bot: RunningBot;
let picture: Buffer;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-limits-'));
  picture = await tinyPng();
  bot = await startBot({ DATA_DIR: dir, WEB_REQUESTS_PER_MINUTE: '3' });
});
afterAll(async () => {
  await bot.stop();
  await rm(dir, { recursive: true, force: true });
});

/** What is answered to these bytes; the connection stays open on our side until then. */
async function raw(...lines: string[]): Promise<string> {
  const socket = connect(bot.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(lines.join('\r\n'));
  return text(socket);
}

const post = (path: string, body: string | FormData, headers: Record<string, string> = {}) =>
  fetch(bot.url + path, { method: 'POST', body, headers });

describe('a request that is not in order is refused in a sentence', () => {
  test('a picture that says it is too large, before a byte of it is read', async () => {
    const answer = await raw(
      'POST /api/commands/animate?key=too-large-1&scene=x HTTP/1.1',
      'Host: localhost',
      'Content-Type: application/octet-stream',
      `Content-Length: ${26 * MB}`,
      '',
      '',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('{"error":"The picture\'s file is too large. Send one of at most 25 MB."}');
  });

  test('a picture that turns out to be too large', async () => {
    async function* endless() {
      for (let i = 0; i < 40; i++) yield new Uint8Array(MB);
    }
    const response = await fetch(`${bot.url}/api/commands/animate?key=${newKey()}&scene=x`, {
      method: 'POST',
      headers: octets,
      body: ReadableStream.from(endless()),
      duplex: 'half',
    });
    expect([response.status, await errorIn(response)]).toEqual([413, expect.stringContaining('at most 25 MB')]);
  });

  test('a picture in a form', async () => {
    const form = new FormData();
    form.set('picture', new Blob([new Uint8Array(picture)]));
    const response = await post(`/api/commands/animate?key=${newKey()}&scene=x`, form);
    expect([response.status, await errorIn(response)]).toEqual([415, expect.stringContaining('octet-stream')]);
  });

  test.each([
    ['no JSON', '{"key":'],
    ['another shape', '["key"]'],
    ['no key', '{}'],
    ['a scene that is no text', '{"key":"12345678","scene":{"$ne":1}}'],
  ])('a body that is %s', async (_what, body) => {
    const response = await post(`/api/tasks/${'0'.repeat(24)}/again`, body);
    expect(response.status).toBe(400);
    await errorIn(response);
  });

  test('a body that is far too long for what it is', async () => {
    const response = await post(`/api/tasks/${'0'.repeat(24)}/again`, JSON.stringify({ key: 'x'.repeat(100_000) }));
    expect(response.status).toBe(413);
    await errorIn(response);
  });

  test.each([
    ['no Host', ['GET / HTTP/1.1', '', ''], 400],
    ['an address that is none', ['GET /%% HTTP/1.1', 'Host: local host', 'Connection: close', '', ''], 400],
    ['no HTTP', ['hello', '', ''], 400],
    ['an endless address', [`GET /${'x'.repeat(70_000)} HTTP/1.1`, 'Host: localhost', '', ''], 431],
  ])('%s', async (_what, lines, status) => {
    const answer = await raw(...lines);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).not.toContain('    at ');
  });

  test('an address that nothing is at, and a method that nothing answers', async () => {
    for (const [method, path] of [
      ['GET', '/../../package.json'],
      ['GET', '/page/index.html'],
      ['GET', '/tsconfig.json'],
      ['PUT', '/api/commands/animate'],
      ['POST', '/login'],
    ] as const) {
      const response = await fetch(bot.url + path, { method });
      expect([path, response.status]).toEqual([path, 404]);
      await errorIn(response);
    }
  });
});

test('requests beyond the rate wait, but one told again is answered', async () => {
  const key = newKey();
  const statuses: number[] = [];
  for (let i = 0; i < 3; i++) statuses.push((await ask(bot.url, picture, i === 0 ? { key } : {})).status);
  expect(statuses.filter((status) => status === 201).length).toBeGreaterThan(0);
  const late = await ask(bot.url, picture);
  expect([late.status, await errorIn(late)]).toEqual([429, expect.stringContaining('Try again in')]);
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await ask(bot.url, picture, { key })).status).toBe(200);
  expect((await conversation(bot.url)).tasks.length).toBe(statuses.filter((status) => status === 201).length);
});
