import { mp4Input } from '../ffmpeg/mp4-input.ts';
import { runFfmpeg } from '../ffmpeg/run.ts';

const TIMEOUT_MS = 20_000;
const MAX_WIDTH_PX = 720;

/** Writes the last frame of a clip as a small JPEG, or with all of its pixels as a PNG (`isWhole`); paths of files. Returns why where it could not. */
export async function writeLastFrame(options: {
  ffmpeg: string;
  from: string;
  to: string;
  isWhole?: boolean;
  signal: AbortSignal;
}): Promise<string | undefined> {
  const { ffmpeg, from, to, isWhole, signal } = options;
  // What says nothing of its colours is of the kind that clips of this size are. Without the flags each part that goes on
  // from another would be darker by one or two of 255 than what it goes on from.
  const shape = isWhole
    ? ['-vf', 'scale=in_color_matrix=bt709:in_range=tv:flags=bicubic+accurate_rnd+full_chroma_int,format=rgb24']
    : ['-vf', `scale='min(${MAX_WIDTH_PX},iw)':-2,format=yuvj420p`, '-q:v', '4'];
  const args = [
    // Each frame of the last second, one over the other.
    ...mp4Input(from, { threads: 1, how: ['-sseof', '-1'] }),
    ...[...shape, '-map_metadata', '-1'],
    ...['-update', '1', '-y', '-f', 'image2', to],
  ];
  return (await runFfmpeg({ ffmpeg, args, timeoutMs: TIMEOUT_MS, signal })).failed;
}
