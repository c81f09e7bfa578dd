import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createFraming, type Framings } from './framing.ts';
import type { Answer } from './misbehave.ts';
import type { Route } from './stand-in.ts';

export interface ClipOptions {
  /** From … to, in megabytes; as small as they were made where it is absent. */
  sizesMb?: [number, number];
  framing?: Framings;
}

interface Clip {
  id: string;
  size: string;
  duration: number;
}

const MB = 1024 * 1024;
const BOX_HEAD_BYTES = 8;

/**
 * The clip of a job. Small real MP4s (a square wandering over a plain colour), made once with ffmpeg for 5 and 10 seconds;
 * for `sizesMb` with a `free` box behind it, which players skip, of a size and with bytes that are the job's own.
 */
export function clipOf({ id, size, duration }: Clip, { sizesMb }: ClipOptions = {}): Buffer {
  const clip = plainClip(size, duration);
  if (!sizesMb) return clip;
  const own = createHash('sha256').update(id).digest();
  const [from, to] = sizesMb;
  const wanted = Math.round((from + ((to - from) * own.readUInt32BE(0)) / 2 ** 32) * MB);
  const free = Buffer.alloc(Math.max(wanted - clip.length, BOX_HEAD_BYTES), own);
  free.writeUInt32BE(free.length, 0);
  free.write('free', 4, 'latin1');
  return Buffer.concat([clip, free]);
}

const made = new Map<string, Buffer>();

/** A clip of that size and length: one of those that lie here, else made now, once. */
function plainClip(size: string, duration: number): Buffer {
  const name = `clip-${size}-${duration}s.mp4`;
  const file = new URL(`./clips/${name}`, import.meta.url);
  const clip = made.get(name) ?? (existsSync(file) ? readFileSync(file) : makeClip(size, duration));
  made.set(name, clip);
  return clip;
}

function makeClip(size: string, duration: number): Buffer {
  const source = `color=c=0x336699:s=${size}:r=24:d=${duration}`;
  const encoder = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
  const fragments = ['-movflags', 'frag_keyframe+empty_moov+default_base_moof', '-f', 'mp4', 'pipe:1'];
  const args = ['-v', 'error', '-f', 'lavfi', '-i', source, ...encoder, ...fragments];
  return execFileSync('ffmpeg', args, { maxBuffer: 64 * MB });
}

/** Signed addresses of clips, a new one each time, and the route that serves what they name, whole or in part. */
export function createClips(url: () => string, options: ClipOptions = {}) {
  const signed = new Map<string, Clip>();
  const nextFraming = createFraming(options.framing);
  const route: Route = {
    name: 'clip',
    method: 'GET',
    path: /^\/clips\/([\w-]+)\.mp4$/,
    handle({ url: asked, headers }) {
      // As a store of files does: a key of the API is no business of its.
      if (headers.authorization !== undefined) return { status: 400, json: { error: 'two ways to authorize' } };
      const clip = signed.get(asked.searchParams.get('_jwt') ?? '');
      if (!clip) return { status: 403, json: { error: 'no such signature' } };
      return { ...part(clipOf(clip, options), headers.range), type: 'video/mp4', framing: nextFraming() };
    },
  };
  return {
    route,
    urlOf(job: Clip): string {
      const token = `signed-${randomUUID()}`;
      signed.set(token, job);
      return `${url()}/clips/${job.id}.mp4?_jwt=${token}`;
    },
  };
}

/** What of it was asked for: `bytes=from-` or `bytes=from-to`. */
function part(bytes: Buffer, range: string | undefined): Answer {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  if (from === undefined) return { status: 200, bytes, headers: { 'accept-ranges': 'bytes' } };
  const end = to ? Math.min(Number(to), bytes.length - 1) : bytes.length - 1;
  if (Number(from) > end) return { status: 416, bytes: Buffer.alloc(0) };
  const headers = { 'content-range': `bytes ${from}-${end}/${bytes.length}` };
  return { status: 206, bytes: bytes.subarray(Number(from), end + 1), headers };
}
