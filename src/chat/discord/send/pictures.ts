import type { Network } from '../../../net/network.ts';
import type { OpenedPicture } from '../../chat.ts';
import { downloadPicture } from '../../kit/download-picture.ts';

/** Where Discord keeps files, and what it shows of other sites. */
const HOSTS = ['cdn.discordapp.com', 'media.discordapp.net', 'images-ext-1.discordapp.net'];

export type Pictures = ReturnType<typeof createPictures>;

/**
 * Fetches pictures from Discord alone: https to its hosts at public addresses, or whatever the operator named as another
 * origin for them. Redirects are not followed. How large a picture may be is the reader's to say.
 */
export function createPictures({ cdnUrl, network }: { cdnUrl?: string; network?: Network }) {
  const own = cdnUrl === undefined ? undefined : new URL(cdnUrl).origin;

  function addressOf(text: string): { url: URL; trusted: boolean } | undefined {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined) return undefined;
    if (url.origin === own) return { url, trusted: true };
    return url.protocol === 'https:' && HOSTS.includes(url.host) ? { url, trusted: false } : undefined;
  }

  return {
    /** Whether a picture is fetched from there at all. */
    isOurs: (url: string): boolean => addressOf(url) !== undefined,
    async open(text: string, signal: AbortSignal): Promise<OpenedPicture> {
      const address = addressOf(text);
      if (!address) return { outcome: 'gone', reason: 'not at Discord' };
      return downloadPicture(address.url, {
        trusted: address.trusted,
        network,
        signal,
        isGone: (status) => status < 500 && status !== 429,
      });
    },
  };
}
