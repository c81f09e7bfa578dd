import { DownloadFailed, download } from '../../net/download.ts';
import type { Network } from '../../net/network.ts';
import { retryAfterMs } from '../../net/retry-after.ts';
import type { OpenedPicture } from '../chat.ts';

/** Opens a picture where its platform keeps it. Redirects are not followed; `isGone`: which answers are for good. */
export async function downloadPicture(
  url: URL,
  { isGone, ...how }: { trusted: boolean; network?: Network; signal: AbortSignal; isGone: (status: number) => boolean },
): Promise<OpenedPicture> {
  try {
    const { status, headers, body, discard } = await download(url, how);
    if (status === 200) return { outcome: 'open', bytes: body };
    discard();
    const reason = `the picture's server says ${status}`;
    if (isGone(status)) return { outcome: 'gone', reason };
    return {
      outcome: 'later',
      reason,
      retryAfterMs: retryAfterMs(headers),
      limited: status === 429 ? 'flood' : undefined,
    };
  } catch (error) {
    return { outcome: 'later', reason: error instanceof DownloadFailed ? error.message : 'no answer' };
  }
}
