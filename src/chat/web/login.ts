import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { neighbourhoodOf } from '../../net/neighbourhood.ts';
import type { Browsers } from './browsers.ts';
import type { WebEnv } from './env.ts';
import { Problem } from './problem.ts';
import { SESSION_MS, type Sessions } from './session.ts';
import { readForm } from './text-body.ts';
import { createTries } from './tries.ts';

/** Where a password is shown, and which cookies tell of it. */
export interface LoginPlace {
  /** Proves that the password was shown. */
  cookie: string;
  /** Tells browsers apart that are not logged in. */
  markCookie: string;
  /** The pages that mark browsers, and what takes the password. */
  pages: readonly string[];
  post: string;
  /** Where one is then. */
  home: string;
}
export const CHAT_LOGIN: LoginPlace = {
  cookie: 'kinora',
  markCookie: 'kinora-browser',
  pages: ['/', '/login'],
  post: '/login',
  home: '/',
};
export const ADMIN_LOGIN: LoginPlace = {
  cookie: 'kinora-admin',
  markCookie: 'kinora-admin-browser',
  pages: ['/admin'],
  post: '/api/admin/login',
  home: '/admin',
};
/** Longer than a session, and as long as browsers keep a cookie, in seconds. */
const KNOWN_S = 400 * 24 * 60 * 60;

/** `secure`: people come by HTTPS, so cookies travel by nothing else. `isProxied`: they come by a proxy. */
export function createLogin({
  at: { cookie, markCookie, pages, post, home },
  sessions,
  browsers,
  secure,
  isProxied,
  now,
}: {
  at: LoginPlace;
  sessions: Sessions;
  browsers: Browsers;
  secure: boolean;
  isProxied: boolean;
  now: () => number;
}) {
  const tries = createTries({ isProxied, now });
  const prefix = secure ? 'host' : undefined;
  const settings = { path: '/', httpOnly: true, secure, prefix } as const;
  const read = (c: Context<WebEnv>, name: string) => (prefix ? getCookie(c, name, prefix) : getCookie(c, name));
  const isIn = (c: Context<WebEnv>) => sessions.isValid(read(c, cookie));
  /** Not strict, as a browser that comes by a link from elsewhere would be given another mark. */
  const setMark = (c: Context<WebEnv>, as: 'seen' | 'known') =>
    setCookie(c, markCookie, browsers.mark(as), {
      ...settings,
      sameSite: 'Lax',
      maxAge: as === 'known' ? KNOWN_S : undefined,
    });

  const routes = new Hono<WebEnv>();
  if (isProxied)
    for (const path of pages)
      routes.get(path, async (c, next) => {
        await next();
        if (!browsers.read(read(c, markCookie))) setMark(c, 'seen');
      });
  routes.post(post, async (c) => {
    const form = await readForm(c.env.incoming);
    const browser = browsers.read(read(c, markCookie));
    // One that has shown this password has nothing to guess.
    const isKnown = browser?.isKnown || isIn(c);
    const waitMs = isKnown ? 0 : tries(neighbourhoodOf(getConnInfo(c).remote.address), browser?.id);
    if (waitMs > 0) throw new Problem(429, ({ web }) => web.tooManyTries(waitMs), waitMs);
    if (!sessions.matches(form.get('password') ?? '')) throw new Problem(401, ({ web }) => web.wrongPassword);
    setCookie(c, cookie, sessions.issue(), { ...settings, sameSite: 'Strict', maxAge: SESSION_MS / 1000 });
    setMark(c, 'known');
    return c.redirect(home, 303);
  });

  /** Lets only browsers pass that have shown the password. */
  const required: MiddlewareHandler<WebEnv> = async (c, next) => {
    if (!isIn(c)) throw new Problem(401, ({ web }) => web.locked);
    await next();
  };
  return { routes, required };
}
