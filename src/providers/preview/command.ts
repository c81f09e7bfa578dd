import { COLOUR_ARGS } from '../../media/ffmpeg/colours.ts';
import type { Focus, Size } from '../../task/picture.ts';
import type { SubmitInput } from '../provider.ts';
import { planPath } from './camera.ts';
import { filterGraph } from './filter.ts';
import { MARK_SIZE } from './mark.ts';
import { parseScene } from './parse-scene.ts';

export const FPS = 24;

/**
 * How every clip is encoded: fast, yet good to look at, and at most about 8 MB for ten seconds, so that it can be shared
 * as it is. Always two threads: how many there are changes the bytes, and more hardly help at this size. All of a still
 * picture moves alike, so blocks move whole and out of one other frame, three frames in every four are made of two others,
 * and no coefficient is weighed: to look for better took half of the encoder's time. SSIM of four photographs is lower by
 * 0.1 dB for it, at 19.5 dB, with 6 % fewer bytes.
 */
export const ENCODER_ARGS = [
  ...['-c:v', 'libx264', '-preset', 'faster', '-crf', '19', '-maxrate', '6500k', '-bufsize', '6500k'],
  ...['-partitions', 'i4x4,i8x8', '-refs', '1', '-b_strategy', '0', '-trellis', '0'],
  ...['-pix_fmt', 'yuv420p', '-threads', '2'],
];
/** Nothing about the build or the time goes into the file. */
const SAME_BYTES_ARGS = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact'];

/** Every so many frames one is shown to who waits, by a file of its own that is always whole; so wide, in pixels. */
const GLIMPSE = { frames: 12, width: 480 };
const GLIMPSE_ARGS = [
  // By one thread: several hold frames back.
  ...['-c:v', 'mjpeg', '-threads', '1', '-q:v', '5'],
  ...['-f', 'image2', '-update', '1', '-atomic_writing', '1'],
];

/** ffmpeg's arguments for one clip: the pictures as raw RGB from files, the mark as raw RGBA from its input. */
export function ffmpegArgs(
  { scene, motion, seed, duration, size, original, goesOn }: Omit<SubmitInput, 'picture' | 'lastPicture'>,
  { first: picture, last }: { first: { size: Size; focus: Focus }; last?: { size: Size } },
  files: { picture: string; last: string; clip: string; glimpse: string },
): { args: string[]; frames: number } {
  const frames = duration * FPS;
  const { focus } = picture;
  const path = planPath(parseScene(scene), { motion, seed, frames, fps: FPS, shape: original ?? size, focus, goesOn });
  const raw = (format: string, { width, height }: { width: number; height: number }) => [
    ...['-f', 'rawvideo', '-pix_fmt', format, '-video_size', `${width}x${height}`, '-framerate', `${FPS}`],
  ];
  const graph = filterGraph(path, {
    size,
    picture: picture.size,
    frames,
    fps: FPS,
    hasLast: last !== undefined,
    goesOn,
  });
  const { frames: every, width } = GLIMPSE;
  const passing = `select='not(mod(n,${every}))',scale=w=${width}:h=-2:out_range=pc,format=yuvj420p`;
  const args = [
    ...['-hide_banner', '-loglevel', 'error', '-nostats', '-progress', 'pipe:1', '-y'],
    // More slices than cores: measured 6 % faster on two, as the encoder's threads come and go between them.
    ...['-filter_complex_threads', '4'],
    ...[...raw('rgb24', picture.size), '-i', files.picture],
    ...[...raw('rgba', MARK_SIZE), '-i', 'pipe:0'],
    ...(last ? [...raw('rgb24', last.size), '-i', files.last] : []),
    ...['-filter_complex', `${graph};[out]split[clip][passing];[passing]${passing}[glimpse]`],
    ...['-map', '[clip]', '-frames:v', `${frames}`],
    ...[...ENCODER_ARGS, ...COLOUR_ARGS, ...SAME_BYTES_ARGS, '-movflags', '+faststart', '-f', 'mp4', files.clip],
    ...['-map', '[glimpse]', ...GLIMPSE_ARGS, files.glimpse],
  ];
  return { args, frames };
}
