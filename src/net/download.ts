import { type Agent, type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isIP } from 'node:net';
import { agentFor } from './agents.ts';
import { codeOf } from './error-code.ts';
import { DIRECT, type Network } from './network.ts';
import { isPublicAddress, NotPublic, publicLookup, type Resolve } from './public-only.ts';

/** A file that did not come. The message holds words of ours and an error's code, never the address. */
export class DownloadFailed extends Error {
  override name = 'DownloadFailed';
}

/** How long a download may take its time, in milliseconds. */
export interface DownloadTimeouts {
  /** From the call to the head of the answer, with the connection. */
  headersMs: number;
  /** Between two pieces. */
  bodyMs: number;
  /** In every such span of waiting at least `minBytes` must come: a drip is not a download. */
  spanMs: number;
  minBytes: number;
}

export const DOWNLOAD_TIMEOUTS: DownloadTimeouts = {
  headersMs: 20_000,
  bodyMs: 15_000,
  spanMs: 20_000,
  minBytes: 128 * 1024,
};

export interface DownloadOptions {
  signal: AbortSignal;
  /** Whether the operator named the address: then plain http and private addresses are fine, too. */
  trusted: boolean;
  timeouts?: Partial<DownloadTimeouts>;
  network?: Network;
  /** How a name's addresses are found. */
  resolve?: Resolve;
}

/** The head of an answer, and its body as it comes. Redirects are answers like others. */
export interface Download {
  status: number;
  headers: IncomingHttpHeaders;
  /** Throws `DownloadFailed` where it breaks off or stalls, the signal's reason where that aborts. How much is read is the reader's to say. */
  body: AsyncIterable<Uint8Array>;
  /** Ends it unread. */
  discard(): void;
}

/**
 * Begins to fetch a file. By Node's own client: undici's parser (6 and 7) ends the whole program where a server closes
 * after an answer that is read more slowly than it comes (nodejs/undici#5360). Unless the address is trusted, https to
 * public addresses only; where a proxy is between, it alone knows where a name leads. Throws `DownloadFailed`, or the
 * signal's reason.
 */
export async function download(url: URL, options: DownloadOptions): Promise<Download> {
  const { signal, trusted, network = DIRECT, resolve } = options;
  const timeouts = { ...DOWNLOAD_TIMEOUTS, ...options.timeouts };
  signal.throwIfAborted();
  const answer = await headOf(url, {
    signal,
    agent: agentFor(network, url),
    lookup: trusted ? undefined : guardedLookup(url, network, resolve),
    headersMs: timeouts.headersMs,
  });
  // A body that its reader never begins (its disk is full, say) would hold the connection for ever.
  const unread = setTimeout(() => answer.destroy(new DownloadFailed('nobody reads it')), timeouts.bodyMs);
  // What breaks is told to the reader; without one it is of no interest.
  answer.on('error', () => {}).on('close', () => clearTimeout(unread));
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    body: flowing(answer, { timeouts, signal, unread }),
    discard: () => void answer.destroy(),
  };
}

function guardedLookup({ protocol, hostname }: URL, { mayLeadTo }: Network, resolve?: Resolve): LookupFunction {
  if (protocol !== 'https:') throw new DownloadFailed('it is not at an https address');
  const host = hostname.replace(/^\[|\]$/g, '');
  // An address in place of a name is never looked up.
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw new DownloadFailed('it is at a private address');
  return publicLookup(resolve, mayLeadTo);
}

function headOf(
  url: URL,
  { agent, headersMs, ...rest }: { signal: AbortSignal; agent?: Agent; lookup?: LookupFunction; headersMs: number },
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    // A connection for each file, as the far end mostly closes it anyway.
    const request = send(url, { ...rest, agent: agent ?? false, headers: { 'user-agent': 'kinora' } });
    const timer = setTimeout(() => request.destroy(new DownloadFailed('no answer in time')), headersMs);
    request.on('response', (answer) => {
      clearTimeout(timer);
      resolve(answer);
    });
    // Stays for what comes after the head: the answer tells it, too.
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(failureOf(error, rest.signal));
    });
    // One that is answered with another protocol ends without an answer and without an error, and cannot be destroyed then.
    request.on('close', () => {
      clearTimeout(timer);
      reject(failureOf(new DownloadFailed('no answer'), rest.signal));
    });
    request.end();
  });
}

/** Passes a body on, and ends it where it stalls. Only waiting counts: the reader may take its time. */
async function* flowing(
  answer: IncomingMessage,
  { timeouts, signal, unread }: { timeouts: DownloadTimeouts; signal: AbortSignal; unread: NodeJS.Timeout },
): AsyncIterable<Uint8Array> {
  const { bodyMs, spanMs, minBytes } = timeouts;
  clearTimeout(unread);
  let waitedMs = 0;
  let bytes = 0;
  const chunks: AsyncIterator<Uint8Array> = answer[Symbol.asyncIterator]();
  try {
    // An abort before the first look has thrown away what had come, and tells nobody where that was all.
    signal.throwIfAborted();
    for (;;) {
      const since = performance.now();
      const timer = setTimeout(() => answer.destroy(new DownloadFailed('it stalls')), bodyMs);
      const { done, value } = await chunks.next().finally(() => clearTimeout(timer));
      if (done) return;
      waitedMs += performance.now() - since;
      bytes += value.length;
      if (waitedMs >= spanMs) {
        if (bytes < minBytes) throw new DownloadFailed('it comes too slowly');
        waitedMs = 0;
        bytes = 0;
      }
      yield value;
    }
  } catch (error) {
    throw failureOf(error, signal);
  } finally {
    answer.destroy();
  }
}

/** An error fit for a log: Node's may hold the address. */
function failureOf(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof NotPublic) return new DownloadFailed(error.message);
  return error instanceof DownloadFailed ? error : new DownloadFailed(`it did not come (${codeOf(error)})`);
}
