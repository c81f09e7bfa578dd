import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { keyName } from '../../src/providers/http/key-ring.ts';
import type { Books, Report } from './books.ts';
import type { createJobs } from './jobs.ts';
import {
  type Answer,
  calmOrder,
  createFaults,
  type Fault,
  faultsSchema,
  misbehave,
  type Storm,
  send,
  stormOrder,
  worksFirst,
} from './misbehave.ts';

export interface Asked {
  url: URL;
  /** What the route's path has in brackets. */
  part: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** How the answer will go wrong. */
  spoiled?: string;
}

export interface Route {
  name: string;
  method: string;
  path: RegExp;
  handle(asked: Asked): Answer;
}

const command = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('misbehave'),
    route: z.string(),
    faults: faultsSchema,
  }),
  stormOrder,
  calmOrder,
  z.object({ do: z.literal('finish'), job: z.string().optional() }),
  z.object({ do: z.literal('fail'), job: z.string().optional(), code: z.string() }),
  z.object({ do: z.literal('failNext'), codes: z.array(z.string()) }),
  z.object({ do: z.literal('credits'), key: z.string(), credits: z.number() }),
]);
/** What a test may tell a stand-in, in this process or in another. `key` is the key itself. */
export type Command = z.input<typeof command>;

/** A service's double: a real HTTP server at a port of its own. */
export interface StandIn {
  /** `http://127.0.0.1:port`. */
  url: string;
  report(): Report;
  tell(what: Command): void;
  /** The next calls of a route go wrong in this order; 'well' stands for one that does not. */
  misbehave(route: string, ...faults: (Fault | 'well')[]): void;
  close(): Promise<void>;
}

/** Listens on a free port. */
export async function startStandIn(
  routes: (url: () => string) => Route[],
  { books, jobs }: { books: Books; jobs: ReturnType<typeof createJobs> },
): Promise<StandIn> {
  const faults = createFaults();
  const { report, credits } = books;
  let url = '';
  const known = routes(() => url);

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const asked = new URL(req.url ?? '/', url);
    if (asked.pathname.startsWith('/__')) return controlled(req, res, asked.pathname);
    const route = known.find(({ method, path }) => method === req.method && path.test(asked.pathname));
    if (!route) {
      report.refused.push({ route: 'none', status: 404, why: `${req.method} ${asked.pathname}` });
      return void send(res, { status: 404, json: { error: 'no such path' } });
    }
    report.calls[route.name] = (report.calls[route.name] ?? 0) + 1;
    const fault = faults.next(route.name);
    if (fault?.how === 'reset' && fault.when === 'unread') return void req.socket.resetAndDestroy();
    const body = await read(req);
    const part = route.path.exec(asked.pathname)?.[1] ?? '';
    const handle = () => {
      const spoiled = fault ? { spoiled: fault.how } : {};
      const answer = route.handle({ url: asked, part, headers: req.headers, body, ...spoiled });
      if (answer.status >= 400)
        report.refused.push({ route: route.name, status: answer.status, why: JSON.stringify(answer.json) });
      return answer;
    };
    if (!fault) return void send(res, handle());
    await misbehave(res, fault, worksFirst(fault) ? handle() : undefined);
  }

  async function controlled(req: IncomingMessage, res: ServerResponse, path: string): Promise<void> {
    if (path === '/__report') return void send(res, { status: 200, json: standIn.report() });
    standIn.tell(command.parse(JSON.parse((await read(req)).toString())));
    send(res, { status: 204 });
  }

  const standIn: Omit<StandIn, 'url'> = {
    report: () => ({
      ...report,
      left: Object.fromEntries([...credits].map(([key, left]) => [keyName(key), left])),
    }),
    tell(what) {
      switch (what.do) {
        case 'misbehave':
          return faults.queue(what.route, what.faults);
        case 'storm': {
          const { seed, chance, faults: choice }: Storm = what;
          return faults.storm({ seed, chance, faults: choice });
        }
        case 'calm':
          return faults.storm(undefined);
        case 'finish':
          return jobs.finish(what.job);
        case 'fail':
          return jobs.fail(what.code, what.job);
        case 'failNext':
          return jobs.failNext(what.codes);
        case 'credits':
          credits.set(what.key, what.credits);
      }
    },
    misbehave: (route, ...list) => faults.queue(route, list),
    async close() {
      jobs.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer((req, res) => {
    // A client that goes away is no fault of ours.
    serve(req, res).catch((error: unknown) => {
      if (!req.destroyed || req.complete) console.error(error);
      res.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { ...standIn, url };
}

async function read(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  return Buffer.concat(chunks);
}
