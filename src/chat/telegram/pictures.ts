import { isAbsolute } from 'node:path';
import { request } from 'undici';
import type { Log } from '../../ops/log.ts';
import type { OpenedPicture } from '../chat.ts';
import type { Telegram } from './api.ts';

/** Between two pieces of a picture, and before the first. */
const STALL_MS = 20_000;

/**
 * Opens a picture by its `file_id`. The address that `getFile` leads to has the token in it: it is put together here,
 * asked once, without following it anywhere else, and neither kept nor told.
 */
export function createOpenPicture({
  tg,
  token,
  apiRoot,
  log,
}: {
  tg: Telegram;
  token: string;
  apiRoot: string;
  log: Pick<Log, 'error'>;
}): (ref: string, signal: AbortSignal) => Promise<OpenedPicture> {
  return async (fileId, signal) => {
    const said = await tg.call((api, abort) => api.getFile(fileId, abort), { signal });
    if (!said.ok) {
      const { reason, kind } = said.trouble;
      if (kind === 'flood') return { outcome: 'later', reason, retryAfterMs: said.trouble.retryAfterMs };
      // "wrong file_id or the file is temporarily unavailable" is one sentence for both.
      const gone = kind === 'too-large' || (kind === 'refused' && !/temporarily/i.test(reason));
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
    return download(`${apiRoot}/file/bot${token}/${parts.map(encodeURIComponent).join('/')}`, signal);
  };
}

async function download(url: string, signal: AbortSignal): Promise<OpenedPicture> {
  try {
    // undici's `request` follows no redirects.
    const { statusCode, body } = await request(url, { signal, headersTimeout: STALL_MS, bodyTimeout: STALL_MS });
    if (statusCode === 200) return { outcome: 'open', bytes: quietly(body) };
    await body.dump();
    const reason = `the file was answered with ${statusCode}`;
    return statusCode === 404 || statusCode === 400 ? { outcome: 'gone', reason } : { outcome: 'later', reason };
  } catch (error) {
    return { outcome: 'later', reason: `the file could not be fetched (${nameOf(error)})` };
  }
}

/** What breaks on the way is told by its name only. */
async function* quietly(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw new Error(`the file broke off (${nameOf(error)})`);
  }
}

const nameOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
};
