import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFraming, type Framings } from '../framing.ts';
import { type Answer, createFaults, type Fault, misbehave, send, worksFirst } from '../misbehave.ts';
import { readBody } from './body.ts';
import type { MovableClock } from './clock.ts';
import type { Files } from './files.ts';
import type { Call, Method } from './params.ts';
import { Refusal } from './refusal.ts';

export interface CallRecord {
  method: string;
  /** The chat it named. */
  chat?: string;
  /** 0 where the client was left without a status. */
  status: number;
  /** Why it was refused. */
  why?: string;
  at: number;
  ms: number;
}

export interface ServerOptions {
  token: string;
  methods: Map<string, Method>;
  files: Files;
  clock: MovableClock;
  maxUploadBytes: number;
  /** How files are sent. */
  framing: Framings | undefined;
  /** Throws where the bot may not call at all. */
  guard(method: string): void;
  /** Looks at each call that came in whole. */
  watch(call: Call): void;
  /** Told after each call. */
  called(): void;
  /** Answers `/__…`, which is no part of Telegram. */
  control(path: string, req: IncomingMessage, url: URL): Promise<unknown>;
}

/** Calls that are remembered one by one; all are counted. */
const MAX_CALLS = 200_000;
/** Where a fault has no words of its own: those of Telegram. */
const WORDS: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests: retry after',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  504: 'Gateway Timeout',
};

/** The HTTP side: paths, the token, faults on demand. Listens on a free port of this machine. */
export async function listen(options: ServerOptions) {
  const { token, methods, files, clock } = options;
  const faults = createFaults();
  const nextFraming = createFraming(options.framing);
  const calls: CallRecord[] = [];
  const counts: Record<string, number> = {};
  let base = '';

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(req.url ?? '/', base);
    if (url.pathname.startsWith('/__')) {
      const result = await options.control(url.pathname, req, url);
      if (result === undefined) return void send(res, { status: 204 });
      return void send(res, { status: 200, ...(result instanceof Uint8Array ? { bytes: result } : { json: result }) });
    }
    const started = clock.now();
    const [, kind, given, rest = ''] = /^\/(file\/)?bot([^/]*)\/(.*)$/.exec(url.pathname) ?? [];
    const route = kind ? 'file' : (lowered.get(rest.toLowerCase()) ?? rest);
    const record: CallRecord = { method: route.slice(0, 64), status: 0, at: started, ms: 0 };
    counts[record.method] = (counts[record.method] ?? 0) + 1;
    if (calls.length < MAX_CALLS) calls.push(record);
    const handle = async (): Promise<Answer> => {
      if (given === undefined || !/^\d+:[\w-]+$/.test(given)) return refuse(req, new Refusal(404, 'Not Found'));
      if (given !== token) return refuse(req, new Refusal(401, 'Unauthorized'));
      return kind ? download(rest) : callMethod(route, record, req, res, url);
    };
    const ended = (status: number) => {
      Object.assign(record, { status, ms: clock.now() - started });
      options.called();
    };
    const done = (answer: Answer) => {
      if (answer.status >= 400 && isWhy(answer.json)) record.why = answer.json.description;
      ended(answer.status);
      return answer;
    };
    const fault = faults.next(route) ?? (route === 'getUpdates' ? undefined : faults.next('*'));
    if (!fault) return void send(res, done(await handle()));
    if (fault.how === 'reset' && fault.when === 'unread') {
      ended(0);
      return void req.socket.resetAndDestroy();
    }
    const answer = worksFirst(fault) ? done(await handle()) : void (await readQuietly(req));
    ended(fault.how === 'status' ? fault.status : 0);
    await misbehave(
      res,
      fault.how === 'status' && fault.body === undefined ? worded(fault) : fault,
      answer ?? undefined,
    );
  }

  async function callMethod(
    route: string,
    record: CallRecord,
    req: IncomingMessage,
    res: ServerResponse,
    url: URL,
  ): Promise<Answer> {
    const gone = new AbortController();
    res.once('close', () => gone.abort());
    try {
      const body = await readBody(req, url.searchParams, options.maxUploadBytes);
      if (body.fields.chat_id !== undefined) record.chat = String(body.fields.chat_id);
      options.guard(route);
      const handler = methods.get(route);
      if (!handler) throw new Refusal(404, 'Not Found: method not found');
      const call = { method: route, ...body, gone: gone.signal };
      options.watch(call);
      return { status: 200, json: { ok: true, result: await handler(call) } };
    } catch (error) {
      if (error instanceof Refusal) return { status: error.code, json: error.toJSON() };
      console.error(`the stand-in failed at ${route}:`, error);
      return { status: 500, json: new Refusal(500, 'Internal Server Error').toJSON() };
    }
  }

  function download(path: string): Answer {
    const file = files.download(path);
    if (!file) return { status: 404, json: new Refusal(404, 'Not Found').toJSON() };
    return { status: 200, bytes: file.bytes, type: 'application/octet-stream', framing: nextFraming() };
  }

  const lowered = new Map([...methods.keys()].map((name) => [name.toLowerCase(), name]));
  const server = createServer((req, res) => {
    serve(req, res).catch((error: unknown) => {
      // A client that goes away is no fault of ours.
      if (!req.destroyed || req.complete) console.error(error);
      res.destroy();
    });
  });
  // Longer than any client keeps an idle connection, so that none is closed under a request.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: base,
    calls,
    counts,
    faults,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const isWhy = (json: unknown): json is { description: string } =>
  typeof json === 'object' && json !== null && 'description' in json;

async function refuse(req: IncomingMessage, refusal: Refusal): Promise<Answer> {
  await readQuietly(req);
  return { status: refusal.code, json: refusal.toJSON() };
}

async function readQuietly(req: IncomingMessage): Promise<void> {
  for await (const _ of req);
}

/** A status on demand, in the form in which Telegram would say it. */
function worded<T extends Extract<Fault, { how: 'status' }>>(fault: T): T {
  const seconds = fault.retryAfter === undefined ? undefined : Number(fault.retryAfter);
  const words = WORDS[fault.status] ?? 'Error';
  return {
    ...fault,
    body: {
      ok: false,
      error_code: fault.status,
      description: seconds === undefined ? words : `${words} ${seconds}`,
      ...(seconds !== undefined && { parameters: { retry_after: seconds } }),
    },
  };
}
