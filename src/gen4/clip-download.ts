import { isIP } from 'node:net';
import { Agent, type Dispatcher, request } from 'undici';
import { codeOf } from './exchange.ts';
import { isPublicAddress, publicLookup, type Resolve } from './public-only.ts';

/** A clip that could not be fetched. The message holds a status or an error's code, never the address. */
export class ClipUnavailable extends Error {
  override name = 'ClipUnavailable';
}

/** How long a download may take its time, in milliseconds. */
export interface DownloadTimeouts {
  connectMs: number;
  headersMs: number;
  /** Between two pieces. */
  bodyMs: number;
  /** In every such span of waiting at least `minBytes` must come: a drip is not a download. */
  spanMs: number;
  minBytes: number;
}

export const DOWNLOAD_TIMEOUTS: DownloadTimeouts = {
  connectMs: 10_000,
  headersMs: 20_000,
  bodyMs: 15_000,
  spanMs: 20_000,
  minBytes: 128 * 1024,
};

export interface ClipDownloads {
  /** Begins to stream what lies at an address that the provider gave. Throws `ClipUnavailable`, then or in the stream. */
  open(url: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  close(): Promise<void>;
}

export interface ClipDownloadOptions {
  /** Origins that the operator named in a setting: taken as they stand, plain http and private addresses included. */
  trustedOrigins: readonly string[];
  timeouts?: Partial<DownloadTimeouts>;
  /** How a name's addresses are found. */
  resolve?: Resolve;
}

const MAX_REDIRECTS = 3;

/**
 * Fetches clips from where the provider says they lie. Whoever can make the provider say something must not reach into
 * this machine's network with it: https to public addresses only, and redirects only within one origin. How large a clip
 * may be is the reader's to say.
 */
export function createClipDownloads({ trustedOrigins, timeouts: given, resolve }: ClipDownloadOptions): ClipDownloads {
  const timeouts = { ...DOWNLOAD_TIMEOUTS, ...given };
  const limits = { headersTimeout: timeouts.headersMs, bodyTimeout: timeouts.bodyMs, pipelining: 0 };
  const trusted = new Agent({ ...limits, connect: { timeout: timeouts.connectMs } });
  const guarded = new Agent({ ...limits, connect: { timeout: timeouts.connectMs, lookup: publicLookup(resolve) } });

  function dispatcherFor({ protocol, origin, hostname }: URL): Dispatcher {
    if (trustedOrigins.includes(origin)) return trusted;
    if (protocol !== 'https:') throw new ClipUnavailable('the clip is not at an https address');
    const host = hostname.replace(/^\[|\]$/g, '');
    // An address in place of a name is never looked up.
    if (isIP(host) !== 0 && !isPublicAddress(host)) throw new ClipUnavailable('the clip is at a private address');
    return guarded;
  }

  async function get(url: URL, signal: AbortSignal, redirects = 0): Promise<Dispatcher.ResponseData['body']> {
    const { statusCode, headers, body } = await request(url, { dispatcher: dispatcherFor(url), signal });
    if (statusCode === 200) return body;
    body.on('error', () => {}).destroy();
    const next = statusCode >= 300 && statusCode < 400 ? locationOf(headers.location, url) : undefined;
    if (next?.origin === url.origin && redirects < MAX_REDIRECTS) return get(next, signal, redirects + 1);
    throw new ClipUnavailable(next ? 'the clip was redirected to elsewhere' : `the clip's server says ${statusCode}`);
  }

  return {
    async open(url, signal) {
      signal.throwIfAborted();
      if (!URL.canParse(url)) throw new ClipUnavailable('the clip has no address');
      const body = await get(new URL(url), signal).catch((error: unknown) => {
        throw told(error, signal);
      });
      return flowing(body, timeouts, signal);
    },
    async close() {
      await Promise.all([trusted.destroy(), guarded.destroy()]);
    },
  };
}

/** Passes a body on, and ends it where it stalls. Only waiting counts: the reader may take its time. */
async function* flowing(
  body: AsyncIterable<Uint8Array>,
  { spanMs, minBytes }: DownloadTimeouts,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  let waitedMs = 0;
  let bytes = 0;
  let since = performance.now();
  try {
    for await (const chunk of body) {
      waitedMs += performance.now() - since;
      bytes += chunk.length;
      if (waitedMs >= spanMs) {
        if (bytes < minBytes) throw new ClipUnavailable('the clip comes too slowly');
        waitedMs = 0;
        bytes = 0;
      }
      yield chunk;
      since = performance.now();
    }
  } catch (error) {
    throw told(error, signal);
  }
}

function locationOf(location: string | string[] | undefined, base: URL): URL | undefined {
  return typeof location === 'string' && URL.canParse(location, base.href) ? new URL(location, base) : undefined;
}

/** An error fit for a log: undici's may hold the address. */
function told(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  return error instanceof ClipUnavailable ? error : new ClipUnavailable(`the clip did not come (${codeOf(error)})`);
}
