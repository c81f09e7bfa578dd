import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import busboy from 'busboy';
import { type Answer, createFaults, misbehave, send, worksFirst } from '../misbehave.ts';
import type { FakeClock } from './clock.ts';
import { type RateLimits, tooMany } from './rate-limits.ts';
import { Refusal, refuse } from './refusal.ts';

export interface Upload {
  name: string;
  type: string;
  bytes: Buffer;
}

export interface Asked {
  params: Record<string, string>;
  query: URLSearchParams;
  /** The JSON, wherever it stood. */
  body: unknown;
  /** By the n of `files[n]`. */
  files: Map<string, Upload>;
}

export interface Route {
  name: string;
  method: string;
  /** Under `/api/v10`, parts as `:name`. */
  path: string;
  /** False for interactions and webhooks, which have a token in their path. */
  isBots?: boolean;
  /** What to answer as JSON; nothing for 204. Throws a `Refusal`. */
  handle(asked: Asked): unknown;
}

export interface SeenRequest {
  at: number;
  route: string;
  method: string;
  path: string;
  /** Files that came along. */
  uploads: number;
  /** Whether a token was sent along. */
  auth: boolean;
  /** What it came to, whether or not the answer arrived; 0 where nothing was done. */
  status: number;
  /** How its answer went wrong. */
  spoiled?: string;
  /** Discord's own code, where it refused. */
  code?: number;
}

/** Requests that are remembered. */
const MAX_SEEN = 100_000;
const MAX_FILE_BYTES = 512 * 1024 * 1024;
/** Of parts that stand for a place of their own in rate limits. */
const MAJOR = ['channel', 'guild', 'webhook', 'token', 'interaction'];

/** The REST half: finds the route, reads the body, asks for the token, counts, misbehaves as told. */
export async function startServer({
  clock,
  token,
  limits,
  touch,
  controlled,
}: {
  clock: FakeClock;
  /** Called after each request. */
  touch(): void;
  token: string;
  limits: RateLimits;
  /** Serves `/__…`, for a stand-in in a process of its own. */
  controlled(path: string, body: string): Promise<Answer>;
}) {
  const routes: (Route & { pattern: RegExp })[] = [];
  const seen: SeenRequest[] = [];
  const faults = createFaults();

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', 'http://stand-in');
    if (url.pathname.startsWith('/__')) {
      return void send(res, await controlled(url.pathname, (await read(req)).toString()));
    }
    const path = url.pathname.replace(/^\/api\/v10/, '');
    const route = routes.find(({ method, pattern }) => method === req.method && pattern.test(path));
    const record: SeenRequest = {
      at: clock.now(),
      route: route?.name ?? 'none',
      method: req.method ?? '',
      path,
      uploads: 0,
      auth: req.headers.authorization !== undefined,
      status: 0,
    };
    if (seen.push(record) > MAX_SEEN) seen.shift();
    if (!route || !url.pathname.startsWith('/api/v10/'))
      return void send(res, noted(record, { status: 404, json: { message: '404: Not Found', code: 0 } }));

    const fault = faults.next(route.name);
    if (fault) record.spoiled = fault.how;
    if (fault?.how === 'reset' && fault.when === 'unread') {
      touch();
      return void req.socket.resetAndDestroy();
    }
    const handle = (asked: Asked): Answer => {
      try {
        const isBots = route.isBots ?? true;
        if (isBots && req.headers.authorization !== `Bot ${token}`) throw refuse(0);
        const major = MAJOR.map((part) => asked.params[part] ?? '').join(':');
        const verdict = limits.take({ route: route.name, major, isGlobal: isBots }, res);
        if (verdict) return noted(record, { status: 429, json: tooMany(verdict) });
        const json = route.handle(asked);
        return noted(record, json === undefined ? NOTHING : { status: 200, json });
      } catch (error) {
        return refused(error, record);
      }
    };
    const params = Object.fromEntries(
      Object.entries(route.pattern.exec(path)?.groups ?? {}).map(([name, part]) => [name, decodeURIComponent(part)]),
    );
    const parts = await readBody(req).catch((error: unknown) => error);
    if (!(parts instanceof Error)) record.uploads = (parts as Parts).files.size;
    const work = () =>
      parts instanceof Error
        ? refused(parts, record)
        : handle({ params, query: url.searchParams, ...(parts as Parts) });
    const answer = !fault || worksFirst(fault) ? work() : undefined;
    touch();
    if (!fault) return void send(res, answer);
    await misbehave(res, fault, answer);
  }

  const server: Server = createServer((req, res) => {
    serve(req, res).catch((error: unknown) => {
      if (!req.destroyed || req.complete) console.error(error);
      res.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    server,
    faults,
    seen,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Throws for a route that does not exist, so that no fault waits in vain. */
    known(name: string): string {
      if (!routes.some((route) => route.name === name))
        throw new Error(`no route ${name}, only ${[...new Set(routes.map((route) => route.name))].join(', ')}`);
      return name;
    },
    add(...more: Route[]): void {
      for (const route of more)
        routes.push({ ...route, pattern: new RegExp(`^${route.path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`) });
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Discord says HTML for nothing; with JSON the client would try to read it. */
const NOTHING: Answer = { status: 204, type: 'text/html; charset=utf-8' };

function noted(record: SeenRequest, answer: Answer): Answer {
  record.status = answer.status;
  return answer;
}

function refused(error: unknown, record: SeenRequest): Answer {
  if (!(error instanceof Refusal)) throw error;
  record.code = error.code;
  const { status, body } = error;
  return noted(
    record,
    'html' in body ? { status, bytes: Buffer.from(body.html), type: 'text/html' } : { status, json: body.json },
  );
}

interface Parts {
  body: unknown;
  files: Map<string, Upload>;
}

async function readBody(req: IncomingMessage): Promise<Parts> {
  const type = req.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return readForm(req);
  const text = (await read(req)).toString();
  return { body: text === '' ? undefined : json(text), files: new Map() };
}

/** `payload_json` and `files[n]`. */
function readForm(req: IncomingMessage): Promise<Parts> {
  return new Promise((resolve, reject) => {
    const parts: Parts = { body: undefined, files: new Map() };
    let wrong: Error | undefined;
    const form = busboy({ headers: req.headers, limits: { fileSize: MAX_FILE_BYTES, files: 10, fieldSize: 4 << 20 } });
    form.on('field', (name, value) => {
      if (name !== 'payload_json') return;
      try {
        parts.body = json(value);
      } catch (error) {
        wrong = error as Error;
      }
    });
    form.on('file', (field, stream, { filename, mimeType }) => {
      const n = /^files\[(\d+)\]$/.exec(field)?.[1];
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (n !== undefined)
          parts.files.set(n, { name: filename ?? 'unknown', type: mimeType, bytes: Buffer.concat(chunks) });
      });
    });
    form.on('close', () => (wrong ? reject(wrong) : resolve(parts)));
    form.on('error', reject);
    req.on('error', reject).pipe(form);
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse(50109);
  }
}

async function read(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  return Buffer.concat(chunks);
}
