import { isAbsolute } from 'node:path';
import type { Network } from '../../../net/network.ts';
import type { OpenedPicture } from '../../chat.ts';
import { downloadPicture } from '../../kit/download-picture.ts';
import type { TelegramConfig } from '../settings.ts';
import { type SendDeps, sentOf } from './post.ts';

/**
 * Opens a picture by its `file_id`. The address that `getFile` leads to has the token in it: it is put together here,
 * asked once, without following it anywhere else, and neither kept nor told.
 */
export async function openPicture(
  {
    tg,
    log,
    network,
    config: { apiRoot, token },
  }: Pick<SendDeps, 'tg' | 'log'> & { config: Pick<TelegramConfig, 'apiRoot' | 'token'>; network: Network },
  fileId: string,
  signal: AbortSignal,
): Promise<OpenedPicture> {
  const said = await tg.call((api, abort) => api.getFile(fileId, abort), { signal });
  if (said.outcome === 'failed') {
    const { reason, type } = said.failure;
    const sent = sentOf(said.failure);
    // Nothing is wrong with it: it waits for its bot.
    if (sent.outcome === 'retry' && sent.limited === 'flood')
      return { outcome: 'later', reason, retryAfterMs: sent.retryAfterMs, limited: 'flood' };
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
  const url = new URL(`${apiRoot}/file/bot${token}/${parts.map(encodeURIComponent).join('/')}`);
  // The operator's own server may be anywhere.
  return downloadPicture(url, { trusted: true, network, signal, isGone: (status) => status === 404 || status === 400 });
}
