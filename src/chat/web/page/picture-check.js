// @ts-check

import { HEAD_BYTES, isPictureType, sniff } from '../../../media/pictures/sniff.js';
import { fileSize, sides, WORDS } from './words.js';

/** @typedef {{ width: number, height: number }} Size */
/** @typedef {{ maxPictureBytes: number, minSidePx: number }} Limits */
/** @typedef {{ blob: Blob, url: string, size?: Size }} Picture An object URL for as long as the picture is held; no size where the browser cannot tell. */

/** Stands for a picture that is taken and that most browsers cannot show. */
const TILE = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480" viewBox="0 0 32 24"><rect width="32" height="24" fill="#8a8a8e"/><circle cx="10" cy="8" r="2.5" fill="#c7c7cc"/><path d="M3 21l8-9 6 6 4-4 8 7z" fill="#c7c7cc"/></svg>`;

/**
 * Looks at a file before anything is uploaded. The server looks again: this only spares people the wait.
 * @param {Blob} file
 * @param {Limits} limits
 * @returns {Promise<Picture | { sentence: string }>} The picture, or why not and the way out.
 */
export async function checkPicture(file, { maxPictureBytes, minSidePx }) {
  const head = await read(file);
  if (!head) return { sentence: WORDS.unreadable };
  const kind = sniff(head);
  if (!isPictureType(kind)) return { sentence: WORDS.notAPicture[kind] };
  if (file.size > maxPictureBytes)
    return { sentence: WORDS.tooManyBytes(fileSize(file.size), fileSize(maxPictureBytes)) };

  const url = URL.createObjectURL(file);
  const size = await measure(url);
  if (size && Math.min(size.width, size.height) >= minSidePx) return { blob: file, url, size };
  URL.revokeObjectURL(url);
  if (!size && kind === 'heic') {
    const tile = new Blob([TILE], { type: 'image/svg+xml' });
    return { blob: file, url: URL.createObjectURL(tile) };
  }
  return { sentence: size ? WORDS.tooSmall(sides(size), minSidePx) : WORDS.damaged };
}

/** @param {Blob} file @returns {Promise<Uint8Array | undefined>} Nothing for a folder, or a file that went away. */
async function read(file) {
  try {
    return new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  } catch {
    return undefined;
  }
}

/**
 * An `<img>` and no bitmap: it reads the header, turns by EXIF, and does not hold 50 megapixels in memory.
 * @param {string} url
 * @returns {Promise<Size | undefined>}
 */
function measure(url) {
  return new Promise((resolve) => {
    const probe = new Image();
    probe.onload = () => resolve({ width: probe.naturalWidth, height: probe.naturalHeight });
    probe.onerror = () => resolve(undefined);
    probe.src = url;
  });
}
