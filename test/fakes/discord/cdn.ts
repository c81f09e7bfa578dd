import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFraming, type Framings } from '../framing.ts';
import { type Answer, createFaults, misbehave, send, worksFirst } from '../misbehave.ts';
import type { FakeClock } from './clock.ts';

interface Stored {
  bytes: Buffer;
  type: string;
}

interface CdnOptions {
  clock: FakeClock;
  /** Called after each download. */
  touch(): void;
  lifeMs?: number | undefined;
  framing?: Framings | undefined;
}

/** A day, as Discord's links live. */
const DEFAULT_LIFE_MS = 24 * 3600 * 1000;

/** `cdn.discordapp.com`: signed links that expire. An origin of its own, so that a bot must tell it from the API. */
export async function startCdn({ clock, touch, lifeMs = DEFAULT_LIFE_MS, framing }: CdnOptions) {
  const stored = new Map<string, Stored>();
  const fetched: { path: string; status: number; at: number }[] = [];
  const faults = createFaults();
  const nextFraming = createFraming(framing);
  const sign = (path: string, ex: string, is: string) =>
    createHmac('sha256', 'a stand-in has no secrets').update(`${path}\n${ex}\n${is}`).digest('hex');

  function answer(url: URL): Answer {
    const found = stored.get(url.pathname);
    const [ex = '', is = '', hm = ''] = ['ex', 'is', 'hm'].map((name) => url.searchParams.get(name) ?? '');
    const isGood = hm === sign(url.pathname, ex, is) && Number.parseInt(ex, 16) * 1000 > clock.now();
    if (!found || !isGood)
      return { status: 404, bytes: Buffer.from('This content is no longer available.'), type: 'text/plain' };
    return { status: 200, bytes: found.bytes, type: found.type, framing: nextFraming() };
  }

  const server = createServer((req, res) => {
    const url = new URL(req.url ?? '/', origin);
    const fault = faults.next('cdn');
    const right = answer(url);
    fetched.push({
      path: url.pathname,
      status: fault?.how === 'status' ? fault.status : right.status,
      at: clock.now(),
    });
    touch();
    if (!fault) return void send(res, right);
    misbehave(res, fault, worksFirst(fault) ? right : undefined).catch(() => res.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    origin,
    faults,
    /** What was asked for, and how it went. */
    fetched,
    put(path: string, { bytes, type }: Stored): void {
      stored.set(encodeURI(path), { bytes, type });
    },
    /** Whether it serves something at this address now. */
    serves: (url: string): boolean => url.startsWith(`${origin}/`) && answer(new URL(url)).status === 200,
    remove: (path: string): void => void stored.delete(encodeURI(path)),
    /** A link that works until it expires. */
    link(path: string): string {
      const hex = (ms: number) => Math.floor(ms / 1000).toString(16);
      const [ex, is] = [hex(clock.now() + lifeMs), hex(clock.now())];
      return `${origin}${encodeURI(path)}?ex=${ex}&is=${is}&hm=${sign(encodeURI(path), ex, is)}&`;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type Cdn = Awaited<ReturnType<typeof startCdn>>;
