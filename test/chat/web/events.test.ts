import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Hono } from 'hono';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WebEnv } from '../../../src/chat/web/env.ts';
import { createEvents } from '../../../src/chat/web/events.ts';
import { createFeed, type Feed } from '../../../src/chat/web/feed.ts';
import { answerErrors } from '../../../src/chat/web/problem.ts';
import { toldAll } from '../../../src/chat/web/reader.ts';
import type { ConversationView, TaskView } from '../../../src/chat/web/view.ts';
import { type Listener, listen } from '../../../src/server/listener.ts';
import { type Live, openLive } from '../../helpers/web.ts';

const log = { error: () => {} };
let feed: Feed;
let events: ReturnType<typeof createEvents>;
let listener: Listener;
let conversation: () => Promise<ConversationView>;
const tell = (n: number, scene?: string): void => feed.task(`task-${n}`, toldAll(someView(n, scene)));
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  feed = createFeed({ boot: 'b1' });
  conversation = async () => ({ tasks: [], older: false });
  events = createEvents({
    feed,
    conversation: async () => {
      const view = await conversation();
      return () => view;
    },
    maxReaders: 4,
  });
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
    ...{ menu: [], stars: 0, isStarred: false, isMine: true },
    facts: [],
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
    tell(1);
    return { tasks: [], older: false };
  };
  const live = await openLive(`http://127.0.0.1:${listener.port}`);
  tell(2);
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
  // Far more than the sockets' own buffers hold.
  const scene = 'x'.repeat(100_000);
  for (let n = 1; n <= 300; n++) {
    tell(n, scene);
    await live.until((event) => event.event === 'task' && event.data.revision === n);
    live.events.length = 0;
  }
  let received = 0;
  deaf.on('data', (chunk) => {
    received += chunk.length;
  });
  deaf.resume();
  await once(deaf, 'close');
  expect(received).toBeGreaterThan(scene.length);
  expect(received).toBeLessThan(250 * scene.length);
  live.close();
});

async function untilOpen(url: string): Promise<Live> {
  for (;;) {
    const live = await openLive(url).catch(() => undefined);
    if (live) return live;
  }
}

test('a page too many is refused in a sentence, until one is closed', async () => {
  const url = `http://127.0.0.1:${listener.port}`;
  const open = await Promise.all(Array.from({ length: 4 }, () => openLive(url)));
  const refused = await fetch(`${url}/api/events`);
  expect([refused.status, await refused.json()]).toEqual([503, { error: expect.stringContaining('too many windows') }]);
  open[0]?.close();
  // The server hears of it a moment later.
  const another = await untilOpen(url);
  another.close();
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
