import { type Download, DownloadFailed, type DownloadTimeouts, download } from '../../net/download.ts';
import type { Network } from '../../net/network.ts';
import type { Resolve } from '../../net/public-only.ts';

export interface ClipDownloadOptions {
  /** Origins that the operator named in a setting: taken as they stand, plain http and private addresses included. */
  trustedOrigins: readonly string[];
  timeouts?: Partial<DownloadTimeouts>;
  network?: Network;
  /** How a name's addresses are found. */
  resolve?: Resolve;
}

const MAX_REDIRECTS = 3;

/**
 * Begins to stream the clip at an address that a provider gave. An attacker who makes the provider say something must not
 * reach into this machine's network with it: https to public addresses only, and redirects only within one origin. How
 * large a clip may be is the reader's to say. Throws `DownloadFailed`, then or in the stream.
 */
export async function downloadClip(
  url: string,
  signal: AbortSignal,
  options: ClipDownloadOptions,
): Promise<AsyncIterable<Uint8Array>> {
  if (!URL.canParse(url)) throw new DownloadFailed('the clip has no address');
  return (await follow(new URL(url), signal, options)).body;
}

async function follow(url: URL, signal: AbortSignal, options: ClipDownloadOptions, redirects = 0): Promise<Download> {
  const { trustedOrigins, ...rest } = options;
  const answer = await download(url, { signal, trusted: trustedOrigins.includes(url.origin), ...rest });
  const { status, headers } = answer;
  if (status === 200) return answer;
  answer.discard();
  const next = status >= 300 && status < 400 ? locationOf(headers.location, url) : undefined;
  if (next?.origin === url.origin && redirects < MAX_REDIRECTS) return follow(next, signal, options, redirects + 1);
  throw new DownloadFailed(next ? 'the clip was redirected to elsewhere' : `the clip's server says ${status}`);
}

const locationOf = (location: string | undefined, base: URL): URL | undefined =>
  location !== undefined && URL.canParse(location, base.href) ? new URL(location, base) : undefined;
