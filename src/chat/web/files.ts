import { Hono } from 'hono';
import { BadPicture } from '../../media/pictures/bad-picture.ts';
import { inspectPicture } from '../../media/pictures/inspect.ts';
import type { Store } from '../../store/store.ts';
import { PICTURE_BLOB, UPLOAD_BLOB } from '../../task/blob-names.ts';
import { fileOf, type Task } from '../../task/task.ts';
import { readAll } from '../../util/read-all.ts';
import { isMine, personIn, type WebEnv } from './env.ts';
import { fileName } from './file-name.ts';
import { madeBlob } from './made-file.ts';
import type { PosterOf } from './poster.ts';
import { Problem } from './problem.ts';
import type { Serve } from './serve.ts';

/** Enough of an upload to know what it is. */
const HEAD_BYTES = 64 * 1024;
/** A file whose address names its version never changes; it is for this browser alone. */
const FOREVER = 'private, max-age=31536000, immutable';
const PICTURE_TYPES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** `GET /tasks/<id>/picture`, `/clip` and `/file`: bytes from the store, whole or in part. */
export function createFiles(options: {
  store: Store;
  serve: Serve;
  posterOf: PosterOf;
  taskOf: (id: string) => Promise<Task>;
}): Hono<WebEnv> {
  const { store, serve, posterOf, taskOf } = options;
  const routes = new Hono<WebEnv>();

  routes.get('/tasks/:id/picture', async (c) => {
    const task = await taskOf(c.req.param('id'));
    const as = c.req.query('as');
    const { fitted } = task;
    const cache = as === undefined ? 'private, no-cache' : FOREVER;
    // An upload may tell where it was taken, and when: that is for who sent it.
    if (!isMine(task, personIn(c))) {
      const shown = await posterOf(task);
      if (!shown) throw new Problem(404, ({ web }) => web.notFound);
      return serve(c, { taskId: task.id, ...shown, cache });
    }
    const asItCame = as === UPLOAD_BLOB && fitted?.blob !== UPLOAD_BLOB;
    if (fitted && !asItCame && PICTURE_TYPES.has(fitted.type))
      return serve(c, { taskId: task.id, blob: fitted.blob, type: fitted.type, cache });
    if (as === PICTURE_BLOB) throw new Problem(404, ({ web }) => web.notFound);
    return serve(c, { taskId: task.id, blob: UPLOAD_BLOB, type: await uploadType(task), cache });
  });

  routes.get('/tasks/:id/clip', async (c) => {
    const task = await taskOf(c.req.param('id'));
    if (!task.clip) throw new Problem(404, ({ web }) => web.notFound);
    return serve(c, {
      taskId: task.id,
      blob: task.clip.blob,
      type: 'video/mp4',
      cache: c.req.query('as') === undefined ? 'private, no-cache' : FOREVER,
      saveAs: c.req.query('download') === undefined ? undefined : fileName(task, 'mp4'),
    });
  });

  routes.get('/tasks/:id/file', async (c) => {
    const task = await taskOf(c.req.param('id'));
    const { format } = task;
    if (!format) throw new Problem(404, ({ web }) => web.notFound);
    const { ending, type } = fileOf(format);
    const saveAs = fileName(task, ending);
    const made = { blob: madeBlob(format), type };
    return serve(c, { taskId: task.id, cache: 'private, no-cache', saveAs, ...made });
  });

  /** The type of the bytes, whatever they were called. */
  async function uploadType(task: Task): Promise<string> {
    const stored = await store.blobs.stat(task.id, UPLOAD_BLOB);
    if (!stored) throw new Problem(404, ({ web }) => web.notFound);
    const end = Math.min(HEAD_BYTES, stored.bytes);
    try {
      return `image/${inspectPicture(await readAll(store.blobs.read(task.id, UPLOAD_BLOB, { start: 0, end })))}`;
    } catch (error) {
      throw error instanceof BadPicture ? new Problem(404, ({ web }) => web.notFound) : error;
    }
  }

  return routes;
}
