// @ts-check

import { Unreachable, understand } from './api.js';

/** @import { TaskView } from '../view.ts' */
/** @import { Letter } from './letters.js' */

/** An upload that does not move for so long will not move any more. */
const STALLED_MS = 30_000;

/**
 * Sends a picture with its scene. An XMLHttpRequest because `fetch` does not tell how far an upload is.
 * @param {Letter & { picture: Blob }} letter
 * @param {AbortSignal} signal
 * @param {(part: number) => void} onProgress 0 to 1.
 * @returns {Promise<{ task: TaskView, say?: string }>}
 */
export function upload({ key, scene, options, picture }, signal, onProgress) {
  const query = new URLSearchParams({ key, scene, ...options });
  const request = new XMLHttpRequest();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let stalled;
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
        resolve(/** @type {{ task: TaskView, say?: string }} */ (understand(request.status, request.responseText)));
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
    request.send(picture);
    moved();
  });
}
