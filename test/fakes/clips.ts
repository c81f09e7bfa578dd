import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Route } from './stand-in.ts';

/** Small real MP4s (a square wandering over a plain colour), made once with ffmpeg for 5 and 10 seconds. */
const clipOf = (size: string, seconds: number): Buffer =>
  readFileSync(new URL(`./clips/clip-${size}-${seconds}s.mp4`, import.meta.url));

/** Signed addresses of clips, a new one each time, and the route that serves what they name. */
export function createClips(url: () => string) {
  const signed = new Map<string, { size: string; duration: number }>();
  const route: Route = {
    name: 'clip',
    method: 'GET',
    path: /^\/clips\/([\w-]+)\.mp4$/,
    handle({ url: asked, headers }) {
      // As a store of files does: a key of the API is no business of its.
      if (headers.authorization !== undefined) return { status: 400, json: { error: 'two ways to authorize' } };
      const clip = signed.get(asked.searchParams.get('_jwt') ?? '');
      if (!clip) return { status: 403, json: { error: 'no such signature' } };
      return { status: 200, bytes: clipOf(clip.size, clip.duration), type: 'video/mp4' };
    },
  };
  return {
    route,
    urlOf(job: { id: string; size: string; duration: number }): string {
      const token = `signed-${randomUUID()}`;
      signed.set(token, job);
      return `${url()}/clips/${job.id}.mp4?_jwt=${token}`;
    },
  };
}
