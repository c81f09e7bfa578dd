import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RunningBot, startBot } from '../helpers/bot.ts';
import { tinyPng } from '../helpers/pictures.ts';
import { ask, openLive, taskIn } from '../helpers/web.ts';

const MB = 1024 * 1024;

let dir: string;
let bot: RunningBot;
let sockets: Socket[];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-crowd-'));
  bot = await startBot({ DATA_DIR: dir });
  sockets = [];
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await bot.stop('SIGKILL');
  await rm(dir, { recursive: true, force: true });
});

/** A connection from an address of this machine's own. */
async function open(localAddress = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port: bot.port, host: '127.0.0.1', localAddress });
  sockets.push(socket.on('error', () => {}));
  await once(socket, 'connect');
  return socket;
}

const headOf = (key: string, bytes: number): string =>
  [
    `POST /api/commands/animate?key=${key}&scene=x HTTP/1.1`,
    'Host: localhost',
    'Content-Type: application/octet-stream',
    `Content-Length: ${bytes}`,
    '\r\n',
  ].join('\r\n');

/** An upload of 25 MB that says so much at once and then hardly anything. */
async function dripFrom(first: number, n: number): Promise<{ answer: Promise<string> }> {
  const socket = await open();
  const answer = text(socket).catch(() => 'gone');
  socket.write(headOf(`dripping-${n}`, 25 * MB));
  socket.write(Buffer.alloc(first, 1));
  const drip = setInterval(() => socket.write('x'), 100);
  socket.on('close', () => clearInterval(drip));
  return { answer };
}

async function memoryMb(): Promise<number> {
  const status = await readFile(`/proc/${bot.child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

describe('slow uploads', () => {
  test.each([
    ['of which nothing much is here', 1024],
    ['that fill the room', 21 * MB],
  ])('%s hold up no small picture, and are ended', async (_what, first) => {
    const before = await memoryMb();
    const drips = [];
    for (let n = 0; n < 4; n++) drips.push(await dripFrom(first, n));
    await delay(500);
    const asked = performance.now();
    const took: number[] = [];
    for (let n = 0; n < 3; n++) {
      expect((await ask(bot.url, await tinyPng())).status).toBe(201);
      took.push(performance.now() - asked);
    }
    expect(took.at(-1)).toBeLessThan(5_000);
    expect((await memoryMb()) - before).toBeLessThan(250);
    for (const { answer } of drips) expect(await answer).toMatch(/^HTTP\/1\.1 408 |gone/);
    expect(performance.now() - asked).toBeLessThan(40_000);
  });
});

describe('a thousand connections of one sender', () => {
  test('reset nobody else’s, and others come in', async () => {
    const live = await openLive(bot.url);
    await live.until(({ event }) => event === 'conversation');
    const resting = await open();
    resting.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(resting, 'data');

    for (let n = 0; n < 1_100; n++) await open('127.0.0.2');
    for (const localAddress of ['127.0.0.1', '127.0.0.3', '127.0.0.4']) {
      const answered = new Promise<number | undefined>((resolve, reject) => {
        get(`${bot.url}/healthz`, { localAddress, agent: false }, (answer) => resolve(answer.statusCode)).on(
          'error',
          reject,
        );
      });
      expect(await answered).toBe(200);
    }
    resting.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(String((await once(resting, 'data'))[0])).toContain('200 OK');
    const { taskId } = await taskIn(await ask(bot.url, await tinyPng()));
    await live.until(({ event, data }) => event === 'task' && data.taskId === taskId);
    live.close();
    expect(sockets.filter(({ destroyed }) => destroyed).length).toBeGreaterThan(100);
  });
});
