import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { z } from 'zod';
import { type Messages, messagesFor } from '../../messages/messages.ts';
import { neighbourhoodOf } from '../../net/neighbourhood.ts';
import type { Store } from '../../store/store.ts';
import { linkTo } from '../../task/link.ts';
import type { Clip, Task } from '../../task/task.ts';
import { sha256 } from '../../util/hash.ts';
import type { Log } from '../../util/log.ts';
import type { Door } from './door.ts';
import { WEB_REQUESTER, type WebEnv } from './env.ts';
import { fileName } from './file-name.ts';
import { localeOf } from './language.ts';
import { type LinkedClip, linkPage, noLinkPage, oEmbedOf } from './link-page.ts';
import { createPage } from './page.ts';
import type { PosterOf } from './poster.ts';
import { answerErrors, asProblem, Problem } from './problem.ts';
import { createServe } from './serve.ts';
import { createStrangerLimit } from './stranger-limit.ts';

/** For the reader's browser alone, and not for long: a link may be taken back. */
const CACHE = 'private, max-age=60';
const HEADERS = { 'X-Robots-Tag': 'noindex' };
/** A stranger's browser says which language its reader has. */
const WORDED = { Vary: 'Accept-Language' };
/** Chats show the video of a page in pages of their own. */
const SHOWN_ANYWHERE = { ...HEADERS, 'Cross-Origin-Resource-Policy': 'cross-origin' };
/** Longer than a clip plays, and than a reader looks at its page; not so long that who copied it has it for good. */
const SIGNED_SECONDS = 10 * 60;
const policy = (media: string) =>
  `default-src 'none'; style-src 'self'; img-src 'self'; media-src ${media}; base-uri 'none'; form-action 'none'; ` +
  "frame-ancestors 'none'";
const headersOf = (media: string) => ({ ...HEADERS, 'Content-Security-Policy': policy(media) });
const PAGE_HEADERS = headersOf("'self'");
/** The page's own files: they are there also where there is no web chat. */
const FILES = ['base.css', 'link.css', 'icon.svg'];

const oEmbedSchema = z.object({
  url: z.url(),
  format: z.literal('json').default('json'),
  maxwidth: z.coerce.number().int().positive().default(Number.MAX_SAFE_INTEGER),
  maxheight: z.coerce.number().int().positive().default(Number.MAX_SAFE_INTEGER),
});

type Linked = Task & { clip: Clip };

/** Pages of clips, for everybody who has a link to one: beside the web chat, and without its password. */
export async function createLinks(deps: {
  store: Pick<Store, 'links' | 'tasks' | 'blobs'>;
  posterOf: PosterOf;
  door: Pick<Door, 'all'>;
  publicUrl: string;
  /** Where the object storage is whose signed addresses readers have the video by; absent: they have it from here. */
  clipOrigin?: string;
  now: () => number;
  log: Pick<Log, 'error'>;
}): Promise<Hono<WebEnv>> {
  const { store, posterOf, door, publicUrl, clipOrigin, now, log } = deps;
  const pageHeaders = clipOrigin === undefined ? PAGE_HEADERS : headersOf(`'self' ${clipOrigin}`);
  const elsewhereForSeconds = clipOrigin === undefined ? undefined : SIGNED_SECONDS;
  const waitMsOf = createStrangerLimit({ now });
  const serve = createServe({ store, log });
  const { origin } = new URL(publicUrl);

  /** The clip of a link that is open. What was guessed, taken back or deleted is answered alike. */
  async function clipOf(token: string): Promise<Linked> {
    const taskId = await store.links.find(token);
    const task = taskId === undefined ? undefined : await store.tasks.get(taskId);
    if (task?.state !== 'delivered' || !hasClip(task)) throw new Problem(404, ({ links }) => links.goneWhy);
    return task;
  }

  function linked(task: Linked, token: string, { wordless }: Messages): LinkedClip {
    const { requester, scene, options, clip } = task;
    const page = linkTo(token, origin);
    return {
      scene: scene || wordless,
      author: requester.id === WEB_REQUESTER.id ? undefined : requester.name || undefined,
      isCovered: options.spoiler === true,
      size: clip.size,
      page,
      video: `${page}/clip.mp4`,
      poster: `${page}/poster.jpg`,
      oEmbed: `${origin}/oembed?${new URLSearchParams({ url: page })}`,
    };
  }

  const limited: MiddlewareHandler<WebEnv> = async (c, next) => {
    const from = neighbourhoodOf(getConnInfo(c).remote.address);
    const waitMs = waitMsOf(from, c.req.header('x-forwarded-for'));
    if (waitMs > 0) throw new Problem(429, ({ links }) => links.tooMany(waitMs), waitMs);
    await next();
  };

  const pages = new Hono<WebEnv>();
  pages.onError(createPageErrors(log));
  for (const path of ['/c/*', '/oembed']) pages.use(path, door.all, limited);

  pages.get('/c/:token', async (c) => {
    const token = c.req.param('token');
    const locale = localeOf(c);
    const clip = linked(await clipOf(token), token, messagesFor(locale));
    const text = String(await linkPage(clip, locale));
    const etag = `"${sha256(text)}"`;
    const headers = { ...pageHeaders, ...WORDED, ETag: etag, 'Cache-Control': CACHE };
    if (c.req.header('if-none-match')?.includes(etag)) return c.body(null, 304, headers);
    return c.html(text, 200, headers);
  });

  pages.get('/c/:token/clip.mp4', async (c) => {
    const task = await clipOf(c.req.param('token'));
    const saveAs = c.req.query('download') === undefined ? undefined : fileName(task, 'mp4');
    const { blob } = task.clip;
    const how = { type: 'video/mp4', cache: CACHE, saveAs, headers: SHOWN_ANYWHERE, elsewhereForSeconds };
    return serve(c, { taskId: task.id, blob, ...how });
  });

  pages.get('/c/:token/poster.jpg', async (c) => {
    const task = await clipOf(c.req.param('token'));
    const poster = await posterOf(task);
    if (!poster) throw new Problem(404, ({ links }) => links.goneWhy);
    const { blob, type } = poster;
    return serve(c, { taskId: task.id, blob, type, cache: CACHE, headers: SHOWN_ANYWHERE });
  });

  pages.get('/oembed', async (c) => {
    const asked = oEmbedSchema.safeParse(c.req.query());
    if (!asked.success) throw new Problem(400, ({ links }) => links.badOEmbed);
    const { url, maxwidth: maxWidth, maxheight: maxHeight } = asked.data;
    const { origin: where, pathname } = new URL(url);
    const [, token] = /^\/c\/([\w-]+)$/.exec(pathname) ?? [];
    if (where !== origin || token === undefined) throw new Problem(404, ({ links }) => links.goneWhy);
    const clip = linked(await clipOf(token), token, messagesFor(localeOf(c)));
    const told = oEmbedOf(clip, { maxWidth, maxHeight });
    return c.json(told, 200, { ...HEADERS, ...WORDED, 'Cache-Control': CACHE });
  });

  return pages.route('/', await createPage({ only: FILES }));
}

const hasClip = (task: Task): task is Linked => task.clip !== undefined;

/** A page in words for who opens an address; what else is asked for has its sentence alone. */
function createPageErrors(log: Pick<Log, 'error'>): ReturnType<typeof answerErrors> {
  const answer = answerErrors(log);
  return async (error, c) => {
    c.header('X-Robots-Tag', 'noindex');
    if (!isPage(c)) return answer(error, c);
    const problem = asProblem(error);
    const isGone = problem.status === 404;
    if (!(error instanceof Problem)) log.error({ err: error, method: c.req.method, path: '/c/…' }, 'a request failed');
    const page = noLinkPage({ isGone, why: problem.sentence(localeOf(c)) }, localeOf(c));
    return c.html(page, problem.status, { ...PAGE_HEADERS, ...WORDED, ...problem.headers });
  };
}

const isPage = (c: Context<WebEnv>): boolean => /^\/c\/[^/]*$/.test(c.req.path);
