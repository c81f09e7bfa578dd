import { setMaxListeners } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import mongoose from 'mongoose';
import { addressOf } from '../helpers/listening.ts';

const { BSON } = mongoose.mongo;
const HEADER_BYTES = 16;
const OP_MSG = 2013;
const FLAGS_BYTES = 4;
const KIND_BYTES = 1;
const LONGEST_MS = 60_000;

/** One command and its answer: a round trip. */
export interface RoundTrip {
  command: string;
  /** Empty where the command is about none. */
  collection: string;
  asked: Record<string, unknown>;
  answer: Record<string, unknown>;
}

/** Stands between a program and its MongoDB, changes nothing but how long it takes, and keeps what was asked, in order of the answers. */
export interface MongoCounter {
  /** The server's address, by way of this. */
  url: string;
  port: number;
  trips: RoundTrip[];
  /** From now on each answer comes so much later, in milliseconds; `Infinity`: none until this is called again. */
  delay(ms: number): void;
  close(): Promise<void>;
}

/** Of what is asked together, nothing: it is a clip's as soon as part of it is. */
const aloneIn = (pipeline: unknown): unknown => (JSON.stringify(pipeline)?.includes('"$unionWith"') ? '' : pipeline);
const idOf = ({ asked, collection }: RoundTrip): string =>
  JSON.stringify(asked.updates ?? asked.filter ?? (collection === 'kv' ? aloneIn(asked.pipeline) : ''));
const foundNone = ({ answer }: RoundTrip): boolean => JSON.stringify(answer.cursor ?? '').includes('"firstBatch":[]');
/** For what is due. */
export const isLook = (trip: RoundTrip): boolean => trip.collection === 'tasks' && /^\{"dueAt":/.test(idOf(trip));
/** Belongs to the process and to no clip: the clock, what only one may do, and looks for work that find none. */
export const isNobodys = (trip: RoundTrip): boolean =>
  trip.command === 'hello' ||
  /"_id":(\{"\$in":\[)?"(lock|shared-out):/.test(idOf(trip)) ||
  (trip.collection === 'tasks' && /"(dueAt|startable)":/.test(idOf(trip)) && foundNone(trip));

/** As many may wait for it as there are answers. */
function patient(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

/** `url`: one server's, not compressed and not encrypted. */
export async function startMongoCounter(url: string): Promise<MongoCounter> {
  const { hostname, port } = new URL(url);
  const here = new URL(url);
  const sockets = new Set<Socket>();
  const trips: RoundTrip[] = [];
  let lateMs = 0;
  let changed = patient();

  /** Resolves when an answer that is there now may pass. */
  async function passes(at: number): Promise<void> {
    for (;;) {
      const leftMs = at + lateMs - performance.now();
      if (leftMs <= 0) return;
      const { signal } = changed;
      await delay(Math.min(leftMs, LONGEST_MS), undefined, { signal }).catch(() => {});
    }
  }

  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    const open = new Map<number, Record<string, unknown>>();
    const asks = messages(({ id, document }) => open.set(id, document));
    const answers = messages(({ to, document: answer }) => {
      const asked = open.get(to);
      open.delete(to);
      if (!asked) return;
      const [command = '', about] = Object.entries(asked)[0] ?? [];
      trips.push({ command, collection: typeof about === 'string' ? about : '', asked, answer });
    });
    near.on('data', (piece) => {
      asks(piece);
      far.write(piece);
    });
    let before: Promise<unknown> | undefined;
    far.on('data', (piece) => {
      answers(piece);
      if (!before && lateMs === 0) return void near.write(piece);
      const at = performance.now();
      const passing = (before ?? Promise.resolve())
        .then(() => passes(at))
        .then(() => {
          near.write(piece);
          if (before === passing) before = undefined;
        });
      before = passing;
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  here.port = String(addressOf(server).port);
  here.hostname = '127.0.0.1';
  // Otherwise a driver would ask the server for its name, and go here.
  here.searchParams.set('directConnection', 'true');
  return {
    url: here.href,
    port: Number(here.port),
    trips,
    delay(ms) {
      lateMs = ms;
      changed.abort();
      changed = patient();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * Takes a stream apart. The body of a message is its first section: https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/.
 * What is no OP_MSG (the first hello) is left out.
 */
function messages(
  each: (message: { id: number; to: number; document: Record<string, unknown> }) => void,
): (piece: Buffer) => void {
  let pieces: Buffer[] = [];
  let held = 0;
  return (piece) => {
    pieces.push(piece);
    held += piece.length;
    for (;;) {
      if (held < HEADER_BYTES) return;
      // A message of many pieces is joined once it is whole.
      if ((pieces[0]?.length ?? 0) < HEADER_BYTES) pieces = [Buffer.concat(pieces)];
      const length = pieces[0]?.readInt32LE(0) ?? 0;
      if (held < length) return;
      const all = pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
      if (all.readInt32LE(12) === OP_MSG)
        each({
          id: all.readInt32LE(4),
          to: all.readInt32LE(8),
          document: BSON.deserialize(all.subarray(HEADER_BYTES + FLAGS_BYTES + KIND_BYTES, length), {
            allowObjectSmallerThanBufferSize: true,
          }),
        });
      pieces = [all.subarray(length)];
      held -= length;
    }
  };
}
