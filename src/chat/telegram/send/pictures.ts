import { isAbsolute } from 'node:path';
import { DownloadFailed, download } from '../../../net/download.ts';
import type { Network } from '../../../net/network.ts';
import type { Log } from '../../../util/log.ts';
import type { OpenedPicture } from '../../chat.ts';
import type { Telegram } from '../api/api.ts';

/**
 * Opens a picture by its `file_id`. The address that `getFile` leads to has the token in it: it is put together here,
 * asked once, without following it anywhere else, and neither kept nor told.
 */
export function createOpenPicture({
  tg,
  token,
  apiRoot,
  network,
  log,
}: {
  tg: Telegram;
  token: string;
  apiRoot: string;
  network?: Network;
  log: Pick<Log, 'error'>;
}): (ref: string, signal: AbortSignal) => Promise<OpenedPicture> {
  return async (fileId, signal) => {
    const said = await tg.call((api, abort) => api.getFile(fileId, abort), { signal });
    if (said.outcome === 'failed') {
      const { reason, type } = said.failure;
      if (type === 'flood') return { outcome: 'later', reason, retryAfterMs: said.failure.retryAfterMs };
      // "wrong file_id or the file is temporarily unavailable" is one sentence for both.
      const gone = type === 'too-large' || (type === 'refused' && !/temporarily/i.test(reason));
      return { outcome: gone ? 'gone' : 'later', reason };
    }
    const path = said.result.file_path;
    if (path === undefined) return { outcome: 'gone', reason: 'Telegram tells no path for the file' };
    if (isAbsolute(path)) {
      log.error(
        'The Bot API server at TELEGRAM_API_ROOT runs with --local and keeps files to itself: start it without that.',
      );
      return { outcome: 'gone', reason: 'the Bot API server keeps its files to itself' };
    }
    const parts = path.split('/');
    if (parts.some((part) => part === '..')) return { outcome: 'gone', reason: 'a path that leads elsewhere' };
    return open(`${apiRoot}/file/bot${token}/${parts.map(encodeURIComponent).join('/')}`, { network, signal });
  };
}

async function open(url: string, how: { network?: Network; signal: AbortSignal }): Promise<OpenedPicture> {
  try {
    // The operator's own server may be anywhere. Redirects are not followed.
    const { status, body, discard } = await download(new URL(url), { trusted: true, ...how });
    if (status === 200) return { outcome: 'open', bytes: body };
    discard();
    const reason = `the file was answered with ${status}`;
    return { outcome: status === 404 || status === 400 ? 'gone' : 'later', reason };
  } catch (error) {
    return { outcome: 'later', reason: error instanceof DownloadFailed ? error.message : 'no answer' };
  }
}
