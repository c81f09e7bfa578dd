import { DownloadFailed, download } from '../../../net/download.ts';
import type { Network } from '../../../net/network.ts';
import { retryAfterMs } from '../../../net/retry-after.ts';
import type { OpenedPicture } from '../../chat.ts';

/** Where Discord keeps files, and what it shows of other sites. */
const HOSTS = ['cdn.discordapp.com', 'media.discordapp.net', 'images-ext-1.discordapp.net'];

export interface Pictures {
  /** Whether a picture is fetched from there at all. */
  isOurs(url: string): boolean;
  open(url: string, signal: AbortSignal): Promise<OpenedPicture>;
}

/**
 * Fetches pictures from Discord alone: https to its hosts at public addresses, or whatever the operator named as another
 * origin for them. Redirects are not followed. How large a picture may be is the reader's to say.
 */
export function createPictures({ cdnUrl, network }: { cdnUrl?: string; network?: Network }): Pictures {
  const own = cdnUrl === undefined ? undefined : new URL(cdnUrl).origin;

  function addressOf(text: string): { url: URL; trusted: boolean } | undefined {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined) return undefined;
    if (url.origin === own) return { url, trusted: true };
    return url.protocol === 'https:' && HOSTS.includes(url.host) ? { url, trusted: false } : undefined;
  }

  return {
    isOurs: (url) => addressOf(url) !== undefined,
    async open(text, signal) {
      const address = addressOf(text);
      if (!address) return { outcome: 'gone', reason: 'not at Discord' };
      try {
        const { url, trusted } = address;
        const { status, headers, body, discard } = await download(url, { trusted, network, signal });
        if (status === 200) return { outcome: 'open', bytes: body };
        discard();
        const reason = `the picture's server says ${status}`;
        if (status < 500 && status !== 429) return { outcome: 'gone', reason };
        return { outcome: 'later', reason, retryAfterMs: retryAfterMs(headers) };
      } catch (error) {
        return { outcome: 'later', reason: error instanceof DownloadFailed ? error.message : 'no answer' };
      }
    },
  };
}
