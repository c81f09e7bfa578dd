import { SHARED_CACHE, SHARED_PICTURE } from './shared-picture.ts';

interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface AskedEvent extends LifeEvent {
  request: Request;
  preloadResponse: Promise<Response | undefined>;
  respondWith(answer: Promise<Response>): void;
}
declare global {
  interface WindowEventMap {
    install: LifeEvent;
    activate: LifeEvent;
    fetch: AskedEvent;
  }
}
declare function skipWaiting(): Promise<void>;
declare const clients: { claim(): Promise<void> };
declare const registration: ServiceWorkerRegistration;

/** Another for each build: the server writes it here. */
const VERSION = '{{version}}';
const CACHE = `kinora-${VERSION}`;
const OFFLINE = '/offline';
/** All that is ever kept: the page that stands where there is no connection. Nobody's clips, and no answer of the API. */
const SHELL = [OFFLINE, '/base.css', '/login.css', '/offline.js', '/icon.svg'];
/** What a browser opens here is a page, but for pictures and clips: those are large, and some browsers save no answer of a worker. */
const FILES = '/tasks/';
/** Of a proxy whose server does not answer. */
const ABSENT = [502, 503, 504];

const keepShell = async (): Promise<void> => {
  const cache = await caches.open(CACHE);
  await cache.addAll(SHELL.map((path) => new Request(path, { cache: 'reload' })));
};

async function kept(path: string): Promise<Response> {
  const found = await (await caches.open(CACHE)).match(path);
  if (!found) return Response.error();
  const headers = new Headers(found.headers);
  headers.set('x-kept', VERSION);
  return new Response(found.body, { status: found.status, headers });
}

/** From the server each time, so nobody is left on an old one. It was asked already, before this began to run: no other is to be asked. */
async function page(event: AskedEvent): Promise<Response> {
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(event.request));
    if (ABSENT.includes(answer.status)) return kept(OFFLINE);
    event.waitUntil(inLanguageOf(answer));
    return answer;
  } catch {
    return kept(OFFLINE);
  }
}

/** The reader may have chosen another language since. */
async function inLanguageOf(answer: Response): Promise<void> {
  const offline = await (await caches.open(CACHE)).match(OFFLINE);
  const [is, was] = [answer, offline].map((each) => each?.headers.get('content-language'));
  if (is && is !== was) await keepShell();
}

/** A form of another site's page. What an app shares was on no page before. */
const isForeign = ({ referrer }: Request): boolean =>
  /^https?:/.test(referrer) && new URL(referrer).origin !== location.origin;

/** A picture that another app shares: it waits for the page, which takes it and forgets it here. */
async function takeShared(request: Request): Promise<Response> {
  try {
    if (isForeign(request)) return Response.redirect('/', 303);
    const picture = (await request.formData()).get('picture');
    if (picture instanceof File) await (await caches.open(SHARED_CACHE)).put(SHARED_PICTURE, new Response(picture));
    return Response.redirect('/?shared', 303);
  } catch {
    // No form, or no room for it.
    return Response.redirect('/', 303);
  }
}

addEventListener('install', (event) => event.waitUntil(keepShell().then(skipWaiting)));
addEventListener('activate', (event) => {
  const tidy = async () => {
    for (const name of await caches.keys()) if (name !== CACHE && name !== SHARED_CACHE) await caches.delete(name);
    await registration.navigationPreload?.enable();
    await clients.claim();
  };
  event.waitUntil(tidy());
});
addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  const isPage = request.mode === 'navigate';
  if (isPage && request.method === 'POST' && pathname === '/share') event.respondWith(takeShared(request));
  else if (request.method !== 'GET') return;
  else if (isPage && !pathname.startsWith(FILES)) event.respondWith(page(event));
  else if (!isPage && SHELL.includes(pathname)) event.respondWith(fetch(request).catch(() => kept(pathname)));
});
