import type { ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import type { WebEnv } from './env.ts';
import { type Feed, frame } from './feed.ts';
import { Problem } from './problem.ts';
import { type Reader, readerOf } from './reader.ts';
import type { ConversationView } from './view.ts';

const MAX_READERS = 100;
/** A reader that lets more than this pile up is dropped; it comes back by itself and starts afresh. */
const MAX_QUEUED_BYTES = 1024 * 1024;
/** Tells proxies and readers that the line is alive. */
const HEARTBEAT_MS = 15_000;
/** Told to readers: how soon they come back. */
const RETRY_MS = 1_000;

/** `GET /api/events`: the conversation, then what happens in it. */
export function createEvents({
  feed,
  conversation,
  maxReaders = MAX_READERS,
}: {
  feed: Feed;
  conversation: () => Promise<(reader: Reader) => ConversationView>;
  maxReaders?: number;
}) {
  const readers = new Set<ServerResponse>();
  let closed = false;
  const heartbeat = setInterval(() => {
    for (const reader of readers) if (reader.headersSent) send(reader, ':\n\n');
  }, HEARTBEAT_MS).unref();

  /** The frames before the stream: those that were missed, or the conversation and those that came while it was read. */
  async function beginning(lastId: string | undefined, reader: Reader): Promise<string[]> {
    const missed = lastId === undefined ? undefined : feed.since(lastId, reader);
    if (missed) return missed;
    for (;;) {
      const at = feed.position();
      const first = frame(at, 'conversation', (await conversation())(reader));
      const meanwhile = feed.since(at, reader);
      if (meanwhile) return [first, ...meanwhile];
    }
  }

  const routes = new Hono<WebEnv>();
  routes.get('/api/events', async (c) => {
    if (closed || readers.size >= maxReaders) throw new Problem(503, ({ web }) => web.tooManyWindows);
    if (c.req.method === 'HEAD') return c.body(null);
    const { outgoing } = c.env;
    const reader = readerOf(c);
    readers.add(outgoing);
    let leave = () => {};
    outgoing.on('close', () => {
      readers.delete(outgoing);
      leave();
    });
    try {
      const frames = await beginning(c.req.header('last-event-id'), reader);
      outgoing.writeHead(200, {
        'Content-Type': 'text/event-stream',
        'Cache-Control': 'no-store',
        // nginx would hold events back otherwise.
        'X-Accel-Buffering': 'no',
      });
      send(outgoing, `retry: ${RETRY_MS}\n\n${frames.join('')}`);
      if (closed) outgoing.end();
      // In the same breath as the last look at the feed, so that nothing falls between.
      if (!outgoing.destroyed) leave = feed.join({ as: reader, read: (event) => send(outgoing, event) });
    } catch (error) {
      readers.delete(outgoing);
      throw error;
    }
    return RESPONSE_ALREADY_SENT;
  });

  return {
    routes,
    /** Ends all streams and takes no more. */
    close(): void {
      closed = true;
      clearInterval(heartbeat);
      for (const reader of readers) reader.end();
    },
  };
}

function send(reader: ServerResponse, text: string): void {
  if (reader.destroyed || reader.writableEnded) return;
  reader.write(text);
  if (reader.writableLength > MAX_QUEUED_BYTES) reader.destroy();
}
