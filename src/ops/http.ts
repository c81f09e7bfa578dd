import { createServer, type Server, ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { isLoopback } from '../config.ts';
import type { Log } from './log.ts';

/** Longest request head, in bytes: the longest scene, percent-encoded, has room in an address. */
const MAX_HEAD_BYTES = 64 * 1024;
const MAX_CONNECTIONS = 1_000;
/** A head, and a whole request with its picture, arrive within so long. */
const HEAD_TIMEOUT_MS = 20_000;
const REQUEST_TIMEOUT_MS = 300_000;
/** A connection on which nothing moves for so long is dropped; a paused clip is simply asked for again. */
const IDLE_MS = 600_000;
/** At a stop, requests under way have this long. */
const STOP_MS = 5_000;

/** On every answer, whatever it is and whoever made it. */
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self'; " +
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** Whatever answers requests; a Hono application's `fetch`. */
export type Answer = (request: Request, env: HttpBindings) => Response | Promise<Response>;

export interface Listener {
  /** As a person would type it. */
  url: string;
  port: number;
  /** Takes nothing new; what is under way has a few seconds. */
  stop(): Promise<void>;
}

/** It cannot listen there; the message is one sentence for whoever runs the program. */
export class ListenFailed extends Error {
  override name = 'ListenFailed';
}

interface Where {
  host: string;
  /** 0 takes any that is free. */
  port: number;
  /** The setting that would change it. */
  portSetting: string;
}

/** Listens over HTTP/1.1. Throws `ListenFailed`. */
export async function listen(options: Where & { answer: Answer; log: Pick<Log, 'error'> }): Promise<Listener> {
  const { host, answer, log } = options;
  let stopping = false;
  const handle = getRequestListener((request, env) => answer(request, http1(env)), {
    // Node's own Response stays what it is: the adapter's would be written a second time after a stream (a tenth of a
    // millisecond faster, otherwise).
    overrideGlobalObjects: false,
    // Only what no application saw comes here: a request without a host, an address that is none.
    errorHandler(error) {
      if (error instanceof Error && error.name === 'RequestError') return sayNo(400);
      log.error({ err: error }, 'a request failed');
      return sayNo(500);
    },
  });
  const server = createServer({ maxHeaderSize: MAX_HEAD_BYTES }, (incoming, outgoing) => {
    for (const [name, value] of Object.entries(HEADERS)) outgoing.setHeader(name, value);
    if (stopping) outgoing.setHeader('Connection', 'close');
    void handle(incoming, outgoing);
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.headersTimeout = HEAD_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.timeout = IDLE_MS;
  server.on('clientError', refuseUnreadable);
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
      });
    },
  };
}

function bind(server: Server, where: Where): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new ListenFailed(inWords(error, where), { cause: error })));
    server.listen({ host: where.host, port: where.port }, () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address);
    });
  });
}

/** What cannot be parsed reaches no application. */
function refuseUnreadable(error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const status = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }[error.code ?? ''] ?? 400;
  const body = JSON.stringify({ error: SENTENCES[status] });
  const head = ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`, 'Connection: close'];
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('\r\n')}\r\n\r\n${body}`);
}

const SENTENCES: Record<number, string> = {
  400: 'This request cannot be understood.',
  408: 'The request did not arrive in time. Send it again.',
  431: 'The request is too long. Use a shorter scene.',
  500: 'Something went wrong here, not with your request. The log of the bot says more.',
};

const sayNo = (status: number): Response => Response.json({ error: SENTENCES[status] }, { status });

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

function inWords(error: Error & { code?: string }, { host, port, portSetting }: Where): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use, perhaps by another Kinora. Stop that program, or set another ${portSetting}.`;
    case 'EACCES':
    case 'EPERM':
      return `This user may not listen at port ${port}. Set ${portSetting} to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST is ${host}, which is no address of this machine. Set it to 127.0.0.1, or to 0.0.0.0 for all of them.`;
    default:
      return `It is not possible to listen at ${host}, port ${port}: ${error.message}.`;
  }
}
