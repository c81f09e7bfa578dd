import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { neighbourhoodOf } from '../../net/neighbourhood.ts';
import type { WebEnv } from './env.ts';
import type { Cookies, Marks } from './marks.ts';
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
  /** The pages that mark browsers. */
  pages: readonly string[];
  /** Takes the password. */
  post: string;
  /** Where one is then. */
  home: string;
}
export const CHAT_LOGIN: LoginPlace = {
  cookie: 'kinora',
  markCookie: 'kinora-browser',
  pages: ['/', '/login', '/clips'],
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

/** `isProxied`: people come by a proxy. */
export function createLogin({
  at: { cookie, post, home },
  sessions,
  marks,
  cookies,
  isProxied,
  now,
}: {
  at: LoginPlace;
  sessions: Sessions;
  marks: Marks;
  cookies: Cookies;
  isProxied: boolean;
  now: () => number;
}) {
  const tries = createTries({ isProxied, now });
  const isIn = (c: Context<WebEnv>): boolean => sessions.isValid(cookies.read(c, cookie));
  const letIn = (c: Context<WebEnv>): void =>
    cookies.set(c, cookie, sessions.issue(), { sameSite: 'Strict', maxAge: SESSION_MS / 1000 });

  const routes = new Hono<WebEnv>();
  routes.post(post, async (c) => {
    const form = await readForm(c.env.incoming);
    const browser = marks.read(c);
    // One that has shown this password has nothing to guess.
    const isKnown = browser?.isKnown || isIn(c);
    const waitMs = isKnown ? 0 : tries(neighbourhoodOf(getConnInfo(c).remote.address), browser?.id);
    if (waitMs > 0) throw new Problem(429, ({ web }) => web.tooManyTries(waitMs), waitMs);
    if (!sessions.matches(form.get('password') ?? '')) throw new Problem(401, ({ web }) => web.wrongPassword);
    letIn(c);
    marks.set(c, { as: 'known' });
    return c.redirect(home, 303);
  });

  /** Lets only browsers pass that have shown the password. */
  const required: MiddlewareHandler<WebEnv> = async (c, next) => {
    if (!isIn(c)) throw new Problem(401, ({ web }) => web.locked);
    await next();
  };
  return { routes, required, isIn };
}
