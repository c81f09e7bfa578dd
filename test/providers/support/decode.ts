import { spawn } from 'node:child_process';
import type { Size } from '../../../src/task/picture.ts';
import type { Gray } from './motion.ts';

/** Runs ffmpeg on bytes and gives what it writes to its output. Throws with its words where it fails. */
export function pipeThrough(ffmpeg: string, args: string[], input: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(ffmpeg, ['-v', 'error', ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    const out: Buffer[] = [];
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(Buffer.concat(out)) : reject(new Error(said))));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** Decodes every frame of a clip (or those that `filter` leaves) to brightness. */
export async function grayFrames(ffmpeg: string, clip: Uint8Array, size: Size, filter?: string): Promise<Gray[]> {
  const filters = filter ? ['-vf', `${filter},setpts=N/24/TB`] : [];
  const args = ['-i', 'pipe:0', ...filters, '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'];
  const raw = await pipeThrough(ffmpeg, args, clip);
  const bytes = size.width * size.height;
  return Array.from({ length: raw.length / bytes }, (_, i) => ({
    ...size,
    pixels: raw.subarray(i * bytes, (i + 1) * bytes),
  }));
}

/** What ffmpeg says of a file's streams. */
export async function describeStreams(ffmpeg: string, clip: Uint8Array): Promise<string> {
  // With no output file ffmpeg describes its input and fails.
  return pipeThrough(ffmpeg, ['-v', 'info', '-i', 'pipe:0'], clip).then(
    (out) => out.toString(),
    (error: Error) => error.message,
  );
}
