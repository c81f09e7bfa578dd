import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { calmOrder, type Fault, faultsSchema, type Storm, stormOrder } from '../misbehave.ts';
import type { News } from './news.ts';

/** How long `/__changes` waits, in milliseconds. */
const CHANGES_MS = 30_000;

const command = z.discriminatedUnion('do', [
  /** Something the driver can do, by its name; bytes as `{ base64 }`. */
  z.object({ do: z.literal('people'), action: z.string(), args: z.array(z.unknown()) }),
  z.object({ do: z.literal('advance'), ms: z.number() }),
  z.object({
    do: z.literal('misbehave'),
    method: z.string(),
    faults: faultsSchema,
  }),
  stormOrder,
  calmOrder,
]);
export type Command = z.input<typeof command>;

/** What of a stand-in can be asked and told from outside. */
export interface Controlled {
  news: Pick<News, 'after' | 'version'>;
  people: object;
  report(): unknown;
  file(id: string): unknown;
  advance(ms: number): void;
  misbehave(method: string, ...faults: (Fault | 'well')[]): void;
  storm(storm: Storm | undefined): void;
}

/** The stand-in seen from another process: `/__report`, `/__changes?after=…`, `/__file?id=…`, `POST /__control`. */
export async function control(tg: Controlled, path: string, req: IncomingMessage, url: URL): Promise<unknown> {
  if (path === '/__report') return tg.report();
  if (path === '/__changes') {
    await tg.news.after(Number(url.searchParams.get('after') ?? 0), CHANGES_MS);
    return { version: tg.news.version() };
  }
  if (path === '/__file') return tg.file(url.searchParams.get('id') ?? '');
  try {
    return { result: pack(await obey(tg, command.parse(JSON.parse(await text(req))))) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function obey(tg: Controlled, told: z.output<typeof command>): unknown {
  switch (told.do) {
    case 'people': {
      const action = Object.entries(tg.people).find(([name]) => name === told.action)?.[1];
      if (!action) throw new Error(`people cannot ${told.action}`);
      return Reflect.apply(action, undefined, told.args.map(unpack));
    }
    case 'advance':
      return tg.advance(told.ms);
    case 'misbehave':
      return tg.misbehave(told.method, ...told.faults);
    case 'storm':
      return tg.storm(told);
    case 'calm':
      return tg.storm(undefined);
  }
}

async function text(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** The same value with its bytes as base64. */
export function pack(value: unknown): unknown {
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(pack);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, pack(member)]));
}

function unpack(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpack);
  if (typeof value !== 'object' || value === null) return value;
  if ('base64' in value && typeof value.base64 === 'string') return Buffer.from(value.base64, 'base64');
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, unpack(member)]));
}
