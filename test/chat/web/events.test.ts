import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Hono } from 'hono';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WebEnv } from '../../../src/chat/web/env.ts';
import { answerErrors } from '../../../src/chat/web/errors.ts';
import { createEvents, type Events } from '../../../src/chat/web/events.ts';
import { createFeed, type Feed } from '../../../src/chat/web/feed.ts';
import type { ConversationView, TaskView } from '../../../src/chat/web/view.ts';
import { type Listener, listen } from '../../../src/ops/http.ts';
import { openLive } from '../../helpers/web.ts';

const log = { error: () => {} };
let feed: Feed;
let events: Events;
let listener: Listener;
let conversation: () => Promise<ConversationView>;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  feed = createFeed({ boot: 'b1' });
  conversation = async () => ({ tasks: [], older: false });
  events = createEvents({ feed, conversation: () => conversation() });
  const routes = new Hono<WebEnv>();
  routes.onError(answerErrors(log));
  routes.route('/', events.routes);
  listener = await listen({ host: '127.0.0.1', port: 0, portSetting: 'PORT', answer: routes.fetch, log });
});
afterEach(async () => {
  events.close();
  await listener.stop();
  vi.useRealTimers();
});

function someView(n: number, scene = 'waves'): TaskView {
  return {
    taskId: `task-${n}`,
    state: 'queued',
    scene,
    status: 'Queued',
    buttons: [],
    revision: n,
    askedAt: n,
    options: { motion: 5, seed: 1, duration: 5, fit: 'crop' },
    pictureUrl: '/x',
  };
}

/** A reader that takes nothing off the wire once it has heard the first words. */
async function openDeaf(): Promise<Socket> {
  const socket = connect(listener.port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write('GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(socket, 'data');
  socket.pause();
  return socket;
}

test('what happens while the conversation is read comes after it, once', async () => {
  conversation = async () => {
    feed.task(someView(1));
    return { tasks: [], older: false };
  };
  const live = await openLive(`http://127.0.0.1:${listener.port}`);
  feed.task(someView(2));
  await live.until((event) => event.event === 'task' && event.data.revision === 2);
  expect(live.events.map(({ event, id }) => [event, id])).toEqual([
    ['conversation', 'b1-0'],
    ['task', 'b1-1'],
    ['task', 'b1-2'],
  ]);
  live.close();
});

test('a reader that takes nothing is dropped before much piles up, and the others are not held up', async () => {
  const live = await openLive(`http://127.0.0.1:${listener.port}`);
  const deaf = await openDeaf();
  let n = 0;
  const before = process.memoryUsage().rss;
  const dropped = once(deaf.resume().pause(), 'close');
  // Until it was dropped: what the sockets' own buffers take is not ours to say.
  let gone = false;
  void dropped.then(() => {
    gone = true;
  });
  while (!gone && n < 2_000) {
    feed.task(someView(++n, 'x'.repeat(50_000)));
    await live.until((event) => event.event === 'task' && event.data.revision === n);
    if (n % 100 === 0) deaf.resume().pause();
    live.events.length = 0;
  }
  expect(n).toBeLessThan(2_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  live.close();
});

test('the hundred-and-first page is refused in a sentence, until one is closed', async () => {
  const url = `http://127.0.0.1:${listener.port}`;
  const open = await Promise.all(Array.from({ length: 100 }, () => openLive(url)));
  const refused = await fetch(`${url}/api/events`);
  expect([refused.status, await refused.json()]).toEqual([503, { error: expect.stringContaining('too many windows') }]);
  open[0]?.close();
  await vi.waitFor(async () => (await openLive(url)).close());
  for (const live of open) live.close();
});

test('every fifteen seconds each line is shown to be alive', async () => {
  const socket = connect(listener.port, '127.0.0.1');
  socket.write('GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(socket, 'data');
  const next = once(socket, 'data');
  vi.advanceTimersByTime(15_000);
  expect(String((await next)[0])).toContain(':\n\n');
  socket.destroy();
});

test('at a stop, streams end and no new ones begin', async () => {
  const url = `http://127.0.0.1:${listener.port}`;
  const live = await openLive(url);
  events.close();
  await live.ended;
  expect((await fetch(`${url}/api/events`)).status).toBe(503);
});
