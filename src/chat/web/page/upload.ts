import type { Answer } from '../view.ts';
import { Unreachable, understand } from './api.ts';
import type { Letter } from './letters.ts';

/** An upload that does not move for so long will not move any more. */
const STALLED_MS = 30_000;

/**
 * Sends a picture with its scene. An XMLHttpRequest because `fetch` does not tell how far an upload is, which
 * `onProgress` is told, from 0 to 1.
 */
export function upload(
  { key, scene, options, picture, focus, last }: Letter & { picture: Blob },
  signal: AbortSignal,
  onProgress: (part: number) => void,
): Promise<Answer> {
  const query = new URLSearchParams({ key, scene, ...options });
  if (focus) query.set('focus', `${focus.x.toFixed(4)},${focus.y.toFixed(4)}`);
  if (last) query.set('lastAt', `${picture.size}`);
  const request = new XMLHttpRequest();
  let stalled: ReturnType<typeof setTimeout> | undefined;
  const abort = () => request.abort();
  const moved = () => {
    clearTimeout(stalled);
    stalled = setTimeout(abort, STALLED_MS);
  };

  return new Promise((resolve, reject) => {
    const fail = () => reject(new Unreachable());
    request.upload.onprogress = ({ loaded, total }) => {
      moved();
      onProgress(total > 0 ? loaded / total : 1);
    };
    request.onerror = fail;
    request.onabort = fail;
    request.onload = () => {
      try {
        resolve(understand<Answer>(request.status, request.responseText));
      } catch (error) {
        reject(error);
      }
    };
    request.onloadend = () => {
      clearTimeout(stalled);
      signal.removeEventListener('abort', abort);
    };
    signal.addEventListener('abort', abort);
    request.open('POST', `/api/commands/animate?${query}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(last ? new Blob([picture, last]) : picture);
    moved();
  });
}
