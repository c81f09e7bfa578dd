import { createServer, ServerResponse } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { isLoopback } from '../settings/config.ts';
import type { Log } from '../util/log.ts';
import { bind, type Where } from './bind.ts';
import { createConnections } from './connections.ts';
import { refuseUnreadable, sayNo } from './unreadable.ts';

/** Longest request head, in bytes: the longest scene, percent-encoded, has room in an address. */
const MAX_HEAD_BYTES = 64 * 1024;
const MAX_CONNECTIONS = 1_000;
/** A head, and a whole request with its picture, arrive within so long. */
const HEAD_TIMEOUT_MS = 20_000;
const REQUEST_TIMEOUT_MS = 300_000;
/** Longer than proxies keep theirs: the proxy must close first, or a request is lost now and then. */
const KEEP_ALIVE_MS = 75_000;
/** A connection on which nothing moves for so long is dropped; a paused clip is simply asked for again. */
const IDLE_MS = 600_000;
/** At a stop, requests under way have this long. */
const STOP_MS = 5_000;

/** On every answer of every route. */
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self'; " +
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** The answer to requests; a Hono application's `fetch`. */
export type Respond = (request: Request, env: HttpBindings) => Response | Promise<Response>;

export interface Listener {
  /** As a person would type it. */
  url: string;
  port: number;
  /** Takes nothing new; requests under way have a few seconds. */
  stop(): Promise<void>;
}

/** Listens over HTTP/1.1. Throws `ListenFailed`. */
export async function listen(options: Where & { answer: Respond; log: Pick<Log, 'error'> }): Promise<Listener> {
  const { host, answer, log } = options;
  let stopping = false;
  const connections = createConnections({ most: MAX_CONNECTIONS });
  const handle = getRequestListener((request, env) => answer(request, http1(env)), {
    // Node's own Response stays what it is: the adapter's would be written a second time after a stream (a tenth of a
    // millisecond faster, otherwise).
    overrideGlobalObjects: false,
    // Only requests that no route saw come here: without a host, with an address that is none.
    errorHandler(error) {
      if (error instanceof Error && error.name === 'RequestError') return sayNo(400);
      log.error({ err: error }, 'a request failed');
      return sayNo(500);
    },
  });
  const server = createServer({ maxHeaderSize: MAX_HEAD_BYTES }, (incoming, outgoing) => {
    for (const [name, value] of Object.entries(HEADERS)) outgoing.setHeader(name, value);
    const { socket } = incoming;
    connections.use(socket);
    outgoing.once('close', () => {
      if (stopping) socket.destroySoon();
      else connections.rest(socket);
    });
    void handle(incoming, outgoing);
  });
  server.headersTimeout = HEAD_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.timeout = IDLE_MS;
  server.on('clientError', refuseUnreadable);
  server.on('connection', connections.add);
  const { port } = await bind(server, options);

  return {
    url: `http://${nameFor(host)}:${port}`,
    port,
    stop() {
      stopping = true;
      return new Promise((resolve) => {
        const timer = setTimeout(() => server.closeAllConnections(), STOP_MS);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
        connections.endIdle();
      });
    },
  };
}

type Bindings = Parameters<Parameters<typeof getRequestListener>[0]>[1];

/** `createServer` makes nothing else; the adapter's types do not know. */
function http1(env: Bindings): HttpBindings {
  if (isHttp1(env)) return env;
  throw new TypeError('HTTP/2 is not spoken here');
}

const isHttp1 = (env: Bindings): env is HttpBindings => env.outgoing instanceof ServerResponse;

const nameFor = (host: string): string => {
  if (isLoopback(host) || host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
};
