import { stat } from 'node:fs/promises';
import type { Size } from '../../task/picture.ts';
import type { ClipFormat } from '../../task/task.ts';
import { mp4Input } from '../ffmpeg/mp4-input.ts';
import { runFfmpeg } from '../ffmpeg/run.ts';
import { within } from './within.ts';

/** From what looks best to what is smallest: the longer side in pixels, and frames a second. */
const STEPS = [
  { side: 640, fps: 15 },
  { side: 480, fps: 12 },
  { side: 320, fps: 10 },
  { side: 240, fps: 8 },
] as const;
/** Of one step; see `within` for all. */
const TIMEOUT_MS = 120_000;
/** https://ffmpeg.org/ffmpeg-codecs.html#libwebp */
const WEBP_QUALITY = 60;

type Made = { outcome: 'converted' } | { outcome: 'failed'; reason: string };

interface ConvertOptions {
  ffmpeg: string;
  /** Paths of files. */
  from: string;
  to: string;
  format: ClipFormat;
  size: Size;
  maxBytes: number;
  signal: AbortSignal;
  /** In all; absent: as `within` has it. */
  maxMs?: number;
}

/**
 * Makes an animated picture of an MP4, which repeats for ever, of at most `maxBytes`: as large as fits. Says why where that
 * is not possible. Throws as `runFfmpeg` does. What stands in `to` after anything but a success is of no use.
 */
export const convertClip = (options: ConvertOptions): Promise<Made> =>
  within(options, (signal) => makeConverted({ ...options, signal }));

async function makeConverted(options: ConvertOptions): Promise<Made> {
  const { ffmpeg, from, to, format, size, maxBytes, signal } = options;
  let reason = '';
  for (const step of STEPS) {
    const args = argsFor(format, { from, to, size, ...step });
    const { failed } = await runFfmpeg({ ffmpeg, args, timeoutMs: TIMEOUT_MS, signal });
    if (failed !== undefined) return { outcome: 'failed', reason: failed };
    const { size: bytes } = await stat(to);
    if (bytes <= maxBytes) return { outcome: 'converted' };
    reason = `came to ${bytes} bytes instead of ${maxBytes}`;
  }
  return { outcome: 'failed', reason };
}

function argsFor(
  format: ClipFormat,
  { from, to, size, side, fps }: { from: string; to: string; size: Size; side: number; fps: number },
): string[] {
  const longest = Math.min(side, Math.max(size.width, size.height));
  const scaled = `fps=${fps},scale=${size.width >= size.height ? `${longest}:-2` : `-2:${longest}`}:flags=lanczos`;
  // A palette of the clip's own; of what moves it takes most.
  const palette = `${scaled},split[a][b];[a]palettegen=stats_mode=diff[p];[b][p]paletteuse=dither=bayer:bayer_scale=4:diff_mode=rectangle`;
  return [
    ...mp4Input(from, { threads: 2 }),
    ...['-map_metadata', '-1'],
    ...(format === 'gif'
      ? ['-vf', palette, '-loop', '0', '-y', '-f', 'gif', to]
      : ['-vf', scaled, '-c:v', 'libwebp_anim', '-quality', `${WEBP_QUALITY}`, '-loop', '0', '-y', '-f', 'webp', to]),
  ];
}
