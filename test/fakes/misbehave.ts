import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { type Framing, frame, LATE_MS } from './framing.ts';

/** Whether the call did its work (took the job, charged for it) before it went wrong. */
const worked = (usual: boolean) => z.boolean().default(usual);

/** One way in which a call goes wrong, as JSON, so that a child process can be told of it. */
export const faultSchema = z.discriminatedUnion('how', [
  z.object({
    how: z.literal('status'),
    status: z.number(),
    retryAfter: z.string().optional(),
    location: z.string().optional(),
    /** Text as it is, anything else as JSON. */
    body: z.unknown().optional(),
    worked: worked(false),
  }),
  /** The connection is reset: before the request was read, after it was, or after the work was done. */
  z.object({ how: z.literal('reset'), when: z.enum(['unread', 'read', 'worked']) }),
  /** The connection is closed in order, without an answer. */
  z.object({ how: z.literal('hangup'), worked: worked(false) }),
  /** No answer, ever. */
  z.object({ how: z.literal('silence'), worked: worked(false) }),
  /** 200 and bytes that mean nothing. */
  z.object({ how: z.literal('garbage'), worked: worked(true) }),
  /** 200 and a page for people. */
  z.object({ how: z.literal('html'), worked: worked(true) }),
  /** 200 and a body that does not end. */
  z.object({ how: z.literal('huge'), worked: worked(true) }),
  /** The right answer, a few bytes at a time. */
  z.object({ how: z.literal('drip'), bytes: z.number().default(1), everyMs: z.number(), worked: worked(true) }),
  /** The right answer, after a while. */
  z.object({ how: z.literal('late'), ms: z.number(), worked: worked(true) }),
  /** The right head, this share of the right body, and a reset. */
  z.object({ how: z.literal('cut'), keep: z.number().default(0.5), worked: worked(true) }),
  /** The right answer with other or missing fields. */
  z.object({
    how: z.literal('patch'),
    set: z.record(z.string(), z.unknown()).default({}),
    omit: z.array(z.string()).default([]),
    worked: worked(true),
  }),
]);
export type Fault = z.input<typeof faultSchema>;
/** Faults in the order in which they happen; 'well' is a call that goes as it should. */
export const faultsSchema = z.array(z.union([z.literal('well'), faultSchema]));
/** What every stand-in may be told: a storm, and that it is over. */
export const stormOrder = z.object({
  do: z.literal('storm'),
  seed: z.number(),
  chance: z.number(),
  faults: z.record(z.string(), z.array(faultSchema)),
});
export const calmOrder = z.object({ do: z.literal('calm') });
type ReadFault = z.output<typeof faultSchema>;

export interface Answer {
  status: number;
  json?: unknown;
  /** Instead of `json`. */
  bytes?: Uint8Array;
  type?: string;
  headers?: Record<string, string>;
  /** With its length on a connection that is kept, where it does not say otherwise. */
  framing?: Framing;
}

/** Faults at random: each call of these routes goes wrong with this chance, the same for the same seed and order. */
export interface Storm {
  seed: number;
  chance: number;
  faults: Record<string, Fault[]>;
}

/** Decides which call goes wrong how. */
export function createFaults() {
  const queues = new Map<string, (ReadFault | undefined)[]>();
  let storm: { random: () => number; chance: number; faults: Record<string, ReadFault[]> } | undefined;
  return {
    /** The next calls of a route go wrong in this order; 'well' stands for one that does not. */
    queue(route: string, faults: readonly (Fault | 'well')[]) {
      const read = faults.map((fault) => (fault === 'well' ? undefined : faultSchema.parse(fault)));
      queues.set(route, [...(queues.get(route) ?? []), ...read]);
    },
    storm(wanted: Storm | undefined) {
      storm = wanted && {
        random: mulberry32(wanted.seed),
        chance: wanted.chance,
        faults: Object.fromEntries(
          Object.entries(wanted.faults).map(([route, faults]) => [
            route,
            faults.map((fault) => faultSchema.parse(fault)),
          ]),
        ),
      };
    },
    next(route: string): ReadFault | undefined {
      const queue = queues.get(route);
      if (queue && queue.length > 0) return queue.shift();
      const choice = storm?.faults[route] ?? [];
      if (!storm || choice.length === 0 || storm.random() >= storm.chance) return undefined;
      return choice[Math.floor(storm.random() * choice.length)];
    },
  };
}

/** Whether a call that goes wrong like this does its work first. */
export const worksFirst = (fault: ReadFault): boolean =>
  fault.how === 'reset' ? fault.when === 'worked' : fault.worked;

/** Answers as the fault says. `answer` is the right one, where the work was done. */
export async function misbehave(res: ServerResponse, fault: ReadFault, answer: Answer | undefined): Promise<void> {
  switch (fault.how) {
    case 'status': {
      if (fault.retryAfter !== undefined) res.setHeader('retry-after', fault.retryAfter);
      if (fault.location !== undefined) res.setHeader('location', fault.location);
      const isText = typeof fault.body === 'string';
      res.writeHead(fault.status, { 'content-type': isText ? 'text/html' : 'application/json' });
      res.end(isText ? fault.body : JSON.stringify(fault.body ?? { error: 'something went wrong' }));
      return;
    }
    case 'reset':
      res.req.socket.resetAndDestroy();
      return;
    case 'hangup':
      res.req.socket.destroySoon();
      return;
    case 'silence':
      return;
    case 'garbage':
      res.writeHead(200, { 'content-type': 'application/json' }).end('\u0000\u0001{"uuid": "5c29105e-bd2');
      return;
    case 'html':
      res.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>One moment, please</title>');
      return;
    case 'huge':
      return endless(res);
    case 'drip':
      return drip(res, send(res, answer, 'head'), fault);
    case 'late':
      await delay(fault.ms, undefined, { ref: false });
      return void send(res, answer);
    case 'cut': {
      const body = send(res, answer, 'head');
      res.write(body.subarray(0, Math.floor(body.length * fault.keep)), () => res.req.socket.destroySoon());
      return;
    }
    case 'patch': {
      const kept = Object.entries(answer?.json ?? {}).filter(([name]) => !fault.omit.includes(name));
      send(res, { status: answer?.status ?? 200, json: { ...Object.fromEntries(kept), ...fault.set } });
      return;
    }
  }
}

/** Sends an answer, or only its head; returns the body. */
export function send(res: ServerResponse, answer: Answer | undefined, only?: 'head'): Buffer {
  const { status, json, bytes, type = 'application/json', headers, framing } = answer ?? { status: 200, json: {} };
  const body = bytes ? Buffer.from(bytes) : Buffer.from(json === undefined ? '' : JSON.stringify(json));
  const framed = status === 204 ? {} : frame(res, framing ?? 'keep-alive', body.length);
  const answering = () => {
    res.writeHead(status, { 'content-type': type, ...headers, ...framed });
    if (only === 'head') res.flushHeaders();
    else res.end(body);
  };
  if (framing === 'late') setTimeout(answering, LATE_MS).unref();
  else answering();
  return body;
}

async function drip(res: ServerResponse, body: Buffer, { bytes, everyMs }: { bytes: number; everyMs: number }) {
  for (let from = 0; from < body.length && !res.destroyed; from += bytes) {
    res.write(body.subarray(from, from + bytes));
    await delay(everyMs);
  }
  res.end();
}

/** Ends with the connection, at the latest after this much, in bytes. */
const ENDLESS = 256 * 1024 * 1024;

async function endless(res: ServerResponse): Promise<void> {
  const piece = Buffer.alloc(64 * 1024, '[0,1,2,3,4,5,6,7],');
  res.writeHead(200, { 'content-type': 'application/json' });
  for (let sent = 0; sent < ENDLESS && !res.destroyed; sent += piece.length) {
    if (!res.write(piece)) await drainedOrGone(res);
  }
  res.destroy();
}

const drainedOrGone = (res: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      res.off('drain', done).off('close', done);
      resolve();
    };
    res.once('drain', done).once('close', done);
  });

/** Small, and the same everywhere. */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
