import { Agent, type Dispatcher, request } from 'undici';
import { codeOf } from '../../gen4/exchange.ts';
import { publicLookup } from '../../gen4/public-only.ts';
import { retryAfterMs } from '../../gen4/retry-after.ts';
import type { OpenedPicture } from '../chat.ts';

/** Where Discord keeps files, and what it shows of other sites. */
const HOSTS = ['cdn.discordapp.com', 'media.discordapp.net', 'images-ext-1.discordapp.net'];
const HEADERS_TIMEOUT_MS = 20_000;
const BODY_TIMEOUT_MS = 15_000;

export interface Pictures {
  /** Whether a picture is fetched from there at all. */
  isOurs(url: string): boolean;
  open(url: string, signal: AbortSignal): Promise<OpenedPicture>;
  close(): Promise<void>;
}

/**
 * Fetches pictures from Discord alone: https to its hosts at public addresses, or whatever the operator named as another
 * origin for them. Redirects are not followed. How large a picture may be is the reader's to say.
 */
export function createPictures({ cdnUrl }: { cdnUrl?: string | undefined }): Pictures {
  const own = cdnUrl === undefined ? undefined : new URL(cdnUrl).origin;
  const limits = { headersTimeout: HEADERS_TIMEOUT_MS, bodyTimeout: BODY_TIMEOUT_MS };
  const trusted = new Agent({ ...limits, connect: { timeout: 10_000 } });
  const guarded = new Agent({ ...limits, connect: { timeout: 10_000, lookup: publicLookup() } });

  function dispatcherFor(url: string): Dispatcher | undefined {
    const { origin, protocol, host } = URL.canParse(url) ? new URL(url) : { origin: '', protocol: '', host: '' };
    if (own !== undefined && origin === own) return trusted;
    return protocol === 'https:' && HOSTS.includes(host) ? guarded : undefined;
  }

  return {
    isOurs: (url) => dispatcherFor(url) !== undefined,
    async open(url, signal) {
      const dispatcher = dispatcherFor(url);
      if (!dispatcher) return { outcome: 'gone', reason: 'not at Discord' };
      try {
        const { statusCode, headers, body } = await request(url, { dispatcher, signal });
        if (statusCode === 200) return { outcome: 'open', bytes: body };
        body.on('error', () => {}).destroy();
        const reason = `the picture's server says ${statusCode}`;
        if (statusCode < 500 && statusCode !== 429) return { outcome: 'gone', reason };
        const wait = retryAfterMs(headers);
        return { outcome: 'later', reason, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
      } catch (error) {
        // An error of undici's may hold the address.
        return { outcome: 'later', reason: `no answer (${codeOf(error)})` };
      }
    },
    async close() {
      await Promise.all([trusted.destroy(), guarded.destroy()]);
    },
  };
}
