// @ts-check

import { el } from './dom.js';

/** @import { TextFile } from './api.js' */

/** Long enough for a browser to begin. */
const GOES_MS = 60_000;

/** Has the browser keep a file, as a download. @param {TextFile} file */
export function saveFile({ name, content }) {
  const href = URL.createObjectURL(new Blob([content], { type: 'application/json' }));
  el('a', { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), GOES_MS);
}
