import { pipeline } from 'node:stream/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { BadPicture } from '../../media/pictures/bad-picture.ts';
import { inspectPicture } from '../../media/pictures/inspect.ts';
import type { Store } from '../../store/store.ts';
import { PICTURE_BLOB, UPLOAD_BLOB } from '../../task/blob-names.ts';
import type { Task } from '../../task/task.ts';
import type { Log } from '../../util/log.ts';
import { readAll } from '../../util/read-all.ts';
import { type WebEnv, words } from './env.ts';
import { Problem } from './problem.ts';
import { parseRange } from './range.ts';

/** Enough of an upload to know what it is. */
const HEAD_BYTES = 64 * 1024;
/** A file whose address names its version never changes; it is for this browser alone. */
const FOREVER = 'private, max-age=31536000, immutable';
const PICTURE_TYPES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp']);

interface Served {
  blob: string;
  type: string;
  cache: string;
  /** Saved under this name instead of shown. */
  saveAs?: string;
}

/** `GET /tasks/<id>/picture` and `/clip`: bytes from the store, whole or in part. */
export function createFiles(options: { store: Store; log: Log; taskOf: (id: string) => Promise<Task> }): Hono<WebEnv> {
  const { store, log, taskOf } = options;
  const routes = new Hono<WebEnv>();

  routes.get('/tasks/:id/picture', async (c) => {
    const task = await taskOf(c.req.param('id'));
    const as = c.req.query('as');
    const { fitted } = task;
    const cache = as === undefined ? 'private, no-cache' : FOREVER;
    const asItCame = as === UPLOAD_BLOB && fitted?.blob !== UPLOAD_BLOB;
    if (fitted && !asItCame && PICTURE_TYPES.has(fitted.type))
      return serve(c, task, { blob: fitted.blob, type: fitted.type, cache });
    if (as === PICTURE_BLOB) throw new Problem(404, words.web.notFound);
    return serve(c, task, { blob: UPLOAD_BLOB, type: await uploadType(task), cache });
  });

  routes.get('/tasks/:id/clip', async (c) => {
    const task = await taskOf(c.req.param('id'));
    if (!task.clip) throw new Problem(404, words.web.notFound);
    return serve(c, task, {
      blob: task.clip.blob,
      type: 'video/mp4',
      cache: c.req.query('as') === undefined ? 'private, no-cache' : FOREVER,
      saveAs: c.req.query('download') === undefined ? undefined : `kinora-${task.id.slice(-8)}.mp4`,
    });
  });

  /** The type of the bytes, whatever they were called. */
  async function uploadType(task: Task): Promise<string> {
    const stored = await store.blobs.stat(task.id, UPLOAD_BLOB);
    if (!stored) throw new Problem(404, words.web.notFound);
    const end = Math.min(HEAD_BYTES, stored.bytes);
    try {
      return `image/${inspectPicture(await readAll(store.blobs.read(task.id, UPLOAD_BLOB, { start: 0, end })))}`;
    } catch (error) {
      throw error instanceof BadPicture ? new Problem(404, words.web.notFound) : error;
    }
  }

  async function serve(c: Context<WebEnv>, task: Task, { blob, type, cache, saveAs }: Served): Promise<Response> {
    const stored = await store.blobs.stat(task.id, blob);
    if (!stored) throw new Problem(404, words.web.notFound);
    const etag = `"${stored.sha256}"`;
    const base = { ETag: etag, 'Cache-Control': cache, 'Accept-Ranges': 'bytes' };
    if (c.req.header('if-none-match')?.includes(etag)) return c.body(null, 304, base);

    const sameVersion = (c.req.header('if-range') ?? etag) === etag;
    const range = sameVersion ? parseRange(c.req.header('range'), stored.bytes) : undefined;
    if (range === 'unsatisfiable') return c.body(null, 416, { ...base, 'Content-Range': `bytes */${stored.bytes}` });
    const { start, end } = range ?? { start: 0, end: stored.bytes };
    const status = range ? 206 : 200;
    const headers = {
      ...base,
      'Content-Type': type,
      'Content-Length': String(end - start),
      ...(range ? { 'Content-Range': `bytes ${start}-${end - 1}/${stored.bytes}` } : {}),
      ...(saveAs === undefined ? {} : { 'Content-Disposition': `attachment; filename="${saveAs}"` }),
    };
    if (c.req.method === 'HEAD') return c.body(null, status, headers);

    // Straight to the socket: a reader that is slow holds one chunk, one that leaves closes the file, and where the disk
    // fails halfway the connection breaks instead of ending in words that look like a clip.
    const { outgoing } = c.env;
    outgoing.writeHead(status, headers);
    await pipeline(store.blobs.read(task.id, blob, { start, end }), outgoing).catch((error: unknown) => {
      if (!isDisconnect(error)) log.error({ err: error, task: task.id, blob }, 'a file could not be served');
    });
    return RESPONSE_ALREADY_SENT;
  }

  return routes;
}

const isDisconnect = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE'].includes(String(error.code));
