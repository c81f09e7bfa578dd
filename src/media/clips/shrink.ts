import { open } from 'node:fs/promises';
import type { Size } from '../../task/picture.ts';
import type { Clip } from '../../task/task.ts';
import { COLOUR_ARGS } from '../ffmpeg/colours.ts';
import { mp4Input } from '../ffmpeg/mp4-input.ts';
import { runFfmpeg } from '../ffmpeg/run.ts';
import { checkClip } from './clip.ts';
import type { ClipSource } from './clip-index.ts';

/** What is known of a clip without looking. */
type ClipFacts = Pick<Clip, 'size' | 'durationMs' | 'hasSound'>;

/** Below this a clip is not worth watching, in bits per second. */
const MIN_BIT_RATE = 150_000;
/**
 * With fewer bits per second for each pixel a smaller frame looks better: measured at 24 frames a second, 0.77 left
 * 720p with an SSIM of 0.87, the same bits at 480p with 0.91.
 */
const MIN_BIT_RATE_PER_PIXEL = 1.5;
/** The encoder may spend so much ahead of its rate; longer buffers only left more of the limit unused. */
const BUFFER_SECONDS = 1;
/** x264 begins with its buffer filled by this share, which therefore comes on top of the rate. */
const BUFFER_FILLED = 0.9;
/** The index of a clip of 20 s at 30 frames a second, and of a second of a longer one; and a margin for frames that came out larger than planned. */
const INDEX_BYTES = { least: 16 * 1024, perSecond: 800 };
/** Stereo, as AAC; bits per second. */
const SOUND_BIT_RATE = 96_000;
const MARGIN = 0.02;
/** Ten seconds take some 5 s on two cores; this is for a machine that has much else to do. */
const TIMEOUT_MS = 180_000;
/** Frames missing at the end show a clip that could be read in part only; rounding and a delay of frames do not matter. */
const DURATION_TOLERANCE_MS = 250;

/** How to make a clip fit, or undefined where nothing worth watching would be left. */
export function planShrink(
  { size, durationMs, hasSound }: ClipFacts,
  maxBytes: number,
): { bitRate: number; size: Size } | undefined {
  const seconds = durationMs / 1000;
  const index = Math.max(INDEX_BYTES.least, INDEX_BYTES.perSecond * seconds);
  const bits = (maxBytes * (1 - MARGIN) - index) * 8 - (hasSound ? SOUND_BIT_RATE * seconds : 0);
  // Whatever the frames are, no more than this rate and one filled buffer leaves the encoder.
  const bitRate = Math.floor(bits / (seconds + BUFFER_FILLED * BUFFER_SECONDS));
  if (!(bitRate >= MIN_BIT_RATE)) return undefined;
  const scale = Math.min(1, Math.sqrt(bitRate / MIN_BIT_RATE_PER_PIXEL / (size.width * size.height)));
  // Colour has half the resolution: sides are even.
  const even = (side: number) => Math.max(2, 2 * Math.round((side * scale) / 2));
  return { bitRate, size: { width: even(size.width), height: even(size.height) } };
}

/**
 * Re-encodes an MP4, in one pass, into another that plays everywhere, as long as before and of at most `maxBytes`, with its
 * sound. Says why where that is not possible. Throws the signal's reason when that aborts, and where the machine failed.
 * What stands in `to` after anything but a success is of no use.
 */
export async function shrinkClip(options: {
  ffmpeg: string;
  /** Paths of files. */
  from: string;
  to: string;
  clip: ClipFacts;
  maxBytes: number;
  signal: AbortSignal;
}): Promise<{ outcome: 'shrunk'; bytes: number; size: Size } | { outcome: 'failed'; reason: string }> {
  const { ffmpeg, from, to, clip, maxBytes, signal } = options;
  const plan = planShrink(clip, maxBytes);
  if (!plan) return { outcome: 'failed', reason: `below ${MIN_BIT_RATE} bit/s` };
  const { failed } = await runFfmpeg({
    ffmpeg,
    args: argsFor(plan, { from, to, hasSound: clip.hasSound }),
    timeoutMs: TIMEOUT_MS,
    signal,
  });
  if (failed !== undefined) return { outcome: 'failed', reason: failed };

  const file = await open(to);
  try {
    const { size: bytes } = await file.stat();
    if (bytes > maxBytes) return { outcome: 'failed', reason: `came to ${bytes} bytes instead of ${maxBytes}` };
    const source: ClipSource = {
      bytes,
      async read(start, end) {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
        return buffer.subarray(0, bytesRead);
      },
    };
    const checked = await checkClip(source, { durationSeconds: clip.durationMs / 1000 });
    if (checked.outcome !== 'playable') return { outcome: 'failed', reason: checked.reason };
    const lostMs = Math.abs(checked.durationMs - clip.durationMs);
    if (lostMs > DURATION_TOLERANCE_MS) return { outcome: 'failed', reason: `its length changed by ${lostMs} ms` };
    return { outcome: 'shrunk', bytes, size: checked.size };
  } finally {
    await file.close();
  }
}

/** Quality is constant as far as the rate allows (`crf`, capped), so what is easy to encode becomes smaller still. */
function argsFor(
  { bitRate, size }: { bitRate: number; size: Size },
  { from, to, hasSound }: { from: string; to: string; hasSound?: boolean },
) {
  const rate = ['-maxrate', `${bitRate}`, '-bufsize', `${Math.round(bitRate * BUFFER_SECONDS)}`];
  return [
    ...mp4Input(from, { threads: 2 }),
    ...['-vf', `scale=${size.width}:${size.height}:out_range=tv,setsar=1,format=yuv420p`],
    ...['-c:v', 'libx264', '-preset', 'faster', '-crf', '18', ...rate, '-threads', '2'],
    ...(hasSound ? ['-map', '0:a:0', '-c:a', 'aac', '-ac', '2', '-b:a', `${SOUND_BIT_RATE}`] : []),
    // As clips of this size are; said, because a small one that says nothing is taken for standard definition.
    ...COLOUR_ARGS,
    ...['-map_metadata', '-1', '-map_chapters', '-1', '-movflags', '+faststart', '-y', '-f', 'mp4', to],
  ];
}
