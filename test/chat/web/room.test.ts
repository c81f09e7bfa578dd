import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Bodies, createBodies } from '../../../src/chat/web/body.ts';
import { Problem } from '../../../src/chat/web/problem.ts';
import { addressOf } from '../../helpers/listening.ts';

const KB = 1024;
/** Room for a megabyte; a minute's patience with a sender that drips, unless another waits. */
const LIMITS = { bytes: 1024 * KB, pressMs: 100, maxWaitMs: 2_000, maxWaiting: 10, patienceMs: 60_000 };

let bodies: Bodies;
let server: Server;
let sockets: Socket[];
/** Tells how much is here of which body, as it comes. */
let here: EventEmitter<{ bytes: [name: string, count: number] }>;
/** Ends the use of every picture that is held. */
let release: () => void;
beforeEach(async () => {
  sockets = [];
  here = new EventEmitter();
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  bodies = createBodies(LIMITS);
  server = createServer(async (incoming, outgoing) => {
    const { pathname, search } = new URL(incoming.url ?? '', 'http://x');
    let count = 0;
    const answered = bodies.withPicture(incoming, async (bytes) => {
      if (search === '?hold') await released;
      return { status: 200, words: `took ${bytes.length} ${bytes.at(-1)}` };
    });
    incoming.on('data', (chunk: Buffer) => {
      count += chunk.length;
      here.emit('bytes', pathname, count);
    });
    const answer = await answered.catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error;
      return { status: error.status, words: error.sentence('en') };
    });
    outgoing.writeHead(answer.status, { connection: 'close' }).end(answer.words, () => incoming.socket.destroySoon());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

/** Begins to send so much, and sends so much of it at once. Resolves when `here` of it are, at least. */
async function upload(kb: number, { first = kb, least = 1, hold = false } = {}) {
  const name = `/${sockets.length}`;
  const socket = connect(addressOf(server).port, '127.0.0.1');
  sockets.push(socket.on('error', () => {}));
  socket.write(`POST ${name}${hold ? '?hold' : ''} HTTP/1.1\r\nhost: x\r\ncontent-length: ${kb * KB}\r\n\r\n`);
  socket.write(Buffer.alloc(first * KB, 7));
  await new Promise<void>((resolve) => {
    here.on('bytes', (which, count) => {
      if (which === name && count >= least * KB) resolve();
    });
  });
  return { more: (part: number) => socket.write(Buffer.alloc(part * KB, 7)), answer: text(socket).catch(() => 'gone') };
}

test('what is announced takes no room, what is here does', async () => {
  for (let i = 0; i < 5; i++) await upload(25 * KB, { first: 1 });
  const small = await upload(900);
  expect(await small.answer).toContain('took 921600 7');
});

test('of those that drip the one that holds most gives way to one that waits', async () => {
  const much = await upload(2_000, { first: 400, least: 400 });
  const most = await upload(2_000, { first: 600, least: 600 });
  // One at a time goes on beyond the room.
  const beyond = await upload(2_000, { first: 200, least: 200 });
  const small = await upload(100);
  expect(await small.answer).toContain('took 102400 7');
  expect(await most.answer).toMatch(/^HTTP\/1\.1 408 .*arrives too slowly/s);
  for (const [drips, rest] of [
    [beyond, 1_800],
    [much, 1_600],
  ] as const) {
    drips.more(rest);
    expect(await drips.answer).toContain('took 2048000 7');
  }
});

test('those that come fast wait for each other, and all are taken though each has a part and none its whole', async () => {
  // Fast is what comes fast on a busy machine, too.
  bodies = createBodies({ bytes: LIMITS.bytes });
  const all = await Promise.all(Array.from({ length: 8 }, () => upload(700)));
  for (const { answer } of all) expect(await answer).toContain('took 716800 7');
});

test('what came while the process was busy is not called slow', async () => {
  const first = await upload(700, { first: 600, least: 600 });
  const beyond = await upload(700, { first: 600, least: 600 });
  const waits = await upload(500);
  for (const each of [first, beyond]) each.more(100);
  const since = performance.now();
  while (performance.now() - since < 2 * LIMITS.pressMs);
  for (const each of [first, beyond]) expect(await each.answer).toContain('took 716800 7');
  expect(await waits.answer).toContain('took 512000 7');
});

test('what is here is held until it was used; one that waits too long for that is told to come again', async () => {
  const first = await upload(1_000, { least: 1_000, hold: true });
  const beyond = await upload(500, { least: 500, hold: true });
  const third = await upload(500);
  expect(await third.answer).toMatch(/^HTTP\/1\.1 503 .*Try again in a moment/s);
  release();
  expect(await first.answer).toContain('took 1024000 7');
  expect(await beyond.answer).toContain('took 512000 7');
  expect(await (await upload(1_000)).answer).toContain('took 1024000 7');
});
