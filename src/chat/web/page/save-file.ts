import type { Answer } from '../view.ts';

/** Long enough for a browser to begin. */
const GOES_MS = 60_000;

/** Has the browser keep a file, as a download. */
export function saveFile({ name, content }: NonNullable<Answer['file']>): void {
  const href = URL.createObjectURL(new Blob([content], { type: 'application/json' }));
  Object.assign(document.createElement('a'), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), GOES_MS);
}
