import { type Signal, signal } from '@preact/signals';
import { HEAD_BYTES, isPictureType, sniff } from '../../../media/pictures/sniff.js';
import type { Focus } from '../../../task/crop.ts';
import type { Size } from '../../../task/shapes.ts';
import type { About } from '../view.ts';
import { eyeOf } from './eye.ts';
import { fileSize, sides, WORDS } from './words.ts';

/** What of the server's limits can be told here. */
export type Limits = Pick<About, 'maxPictureBytes' | 'minSidePx'>;

/** A picture that was chosen. `url`: an object's, for as long as the picture is held; no size where the browser cannot tell. */
export interface Picture {
  blob: Blob;
  url: string;
  size?: Size;
  /** What stays where it is cut: what draws the eye, once that is known, until somebody says so. */
  focus: Signal<Focus | undefined>;
}

/** Stands for a picture that is taken and that most browsers cannot show. */
const TILE = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480" viewBox="0 0 32 24"><rect width="32" height="24" fill="#8a8a8e"/><circle cx="10" cy="8" r="2.5" fill="#c7c7cc"/><path d="M3 21l8-9 6 6 4-4 8 7z" fill="#c7c7cc"/></svg>`;

/**
 * Looks at a file before anything is uploaded: gives the picture, or why not and the way out. The server looks again:
 * this only spares people the wait.
 */
export async function checkPicture(
  file: Blob,
  { maxPictureBytes, minSidePx }: Limits,
): Promise<Picture | { sentence: string }> {
  const head = await read(file);
  if (!head) return { sentence: WORDS.unreadable };
  const kind = sniff(head);
  if (!isPictureType(kind)) return { sentence: WORDS.notAPicture[kind] };
  if (file.size > maxPictureBytes)
    return { sentence: WORDS.tooManyBytes(fileSize(file.size), fileSize(maxPictureBytes)) };

  const url = URL.createObjectURL(file);
  const size = await measure(url);
  if (size && Math.min(size.width, size.height) >= minSidePx) {
    const focus = signal<Focus | undefined>(undefined);
    eyeOf(file, size).then((eye) => {
      focus.value ??= eye;
    });
    return { blob: file, url, size, focus };
  }
  URL.revokeObjectURL(url);
  if (!size && kind === 'heic') {
    const tile = new Blob([TILE], { type: 'image/svg+xml' });
    return { blob: file, url: URL.createObjectURL(tile), focus: signal(undefined) };
  }
  return { sentence: size ? WORDS.tooSmall(sides(size), minSidePx) : WORDS.damaged };
}

/** Nothing for a folder, or a file that went away. */
async function read(file: Blob): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  } catch {
    return undefined;
  }
}

/** An `<img>` and no bitmap: it reads the header, turns by EXIF, and does not hold 50 megapixels in memory. */
function measure(url: string): Promise<Size | undefined> {
  return new Promise((resolve) => {
    const probe = new Image();
    probe.onload = () => resolve({ width: probe.naturalWidth, height: probe.naturalHeight });
    probe.onerror = () => resolve(undefined);
    probe.src = url;
  });
}
