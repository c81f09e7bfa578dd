import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Frames are compared as grey pictures of so many pixels. */
const SIDE = { width: 64, height: 36 };
const PIXELS = SIDE.width * SIDE.height;

/** What an ffmpeg with these arguments writes. */
export async function outputOf(ffmpeg: string, args: string[]): Promise<Buffer> {
  const how = { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024, timeout: 120_000 } as const;
  return (await promisify(execFile)(ffmpeg, ['-v', 'error', ...args], how)).stdout;
}

/** A clip's frames, small and grey. */
export async function greyFramesOf(ffmpeg: string, path: string): Promise<Buffer[]> {
  const scaled = `scale=${SIDE.width}:${SIDE.height}:flags=area,format=gray`;
  const args = ['-i', path, '-vf', scaled, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-'];
  const raw = await outputOf(ffmpeg, args);
  return Array.from({ length: raw.length / PIXELS }, (_, n) => raw.subarray(n * PIXELS, (n + 1) * PIXELS));
}
