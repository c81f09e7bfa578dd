import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Size } from '../../src/task/picture.ts';

/** Writes an MP4 full of colour, movement and grain, at some 20 Mbit/s: as hard to make smaller as clips get. */
export async function writeNoisyClip(
  ffmpeg: string,
  path: string,
  { size, seconds, movflags = '+faststart', sound = false }: NoisyClip,
): Promise<void> {
  const picture = `testsrc2=size=${size.width}x${size.height}:rate=24:duration=${seconds},noise=alls=60:allf=t`;
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '20M', '-maxrate', '21M', '-bufsize', '21M'];
  const hd = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'];
  const tone = sound ? ['-f', 'lavfi', '-i', `sine=duration=${seconds}`] : [];
  const input = ['-f', 'lavfi', '-i', picture, ...tone];
  const args = ['-v', 'error', '-y', ...input, ...h264, ...hd, '-pix_fmt', 'yuv420p', '-movflags', movflags, path];
  await promisify(execFile)(ffmpeg, args);
}

interface NoisyClip {
  size: Size;
  seconds: number;
  movflags?: string;
  sound?: boolean;
}
