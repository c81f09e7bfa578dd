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

const COOKIE = 'kinora';
/** Tells browsers apart that are not logged in. */
const MARK_COOKIE = 'kinora-browser';
/** Longer than a session, and as long as browsers keep a cookie, in seconds. */
const KNOWN_S = 400 * 24 * 60 * 60;

/** `secure`: people come by HTTPS, so cookies travel by nothing else. `isProxied`: they come by a proxy. */
export function createLogin({
  sessions,
  browsers,
  secure,
  isProxied,
  now,
}: {
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
  const isIn = (c: Context<WebEnv>) => sessions.isValid(read(c, COOKIE));
  /** Not strict, as a browser that comes by a link from elsewhere would be given another mark. */
  const setMark = (c: Context<WebEnv>, as: 'seen' | 'known') =>
    setCookie(c, MARK_COOKIE, browsers.mark(as), {
      ...settings,
      sameSite: 'Lax',
      maxAge: as === 'known' ? KNOWN_S : undefined,
    });

  const routes = new Hono<WebEnv>();
  if (isProxied)
    for (const path of ['/', '/login'])
      routes.get(path, async (c, next) => {
        await next();
        if (!browsers.read(read(c, MARK_COOKIE))) setMark(c, 'seen');
      });
  routes.post('/login', async (c) => {
    const form = await readForm(c.env.incoming);
    const browser = browsers.read(read(c, MARK_COOKIE));
    // One that has shown this password has nothing to guess.
    const isKnown = browser?.isKnown || isIn(c);
    const waitMs = isKnown ? 0 : tries(neighbourhoodOf(getConnInfo(c).remote.address), browser?.id);
    if (waitMs > 0) throw new Problem(429, ({ web }) => web.tooManyTries(waitMs), waitMs);
    if (!sessions.matches(form.get('password') ?? '')) throw new Problem(401, ({ web }) => web.wrongPassword);
    setCookie(c, COOKIE, sessions.issue(), { ...settings, sameSite: 'Strict', maxAge: SESSION_MS / 1000 });
    setMark(c, 'known');
    return c.redirect('/', 303);
  });

  /** Lets only browsers pass that have shown the password. */
  const required: MiddlewareHandler<WebEnv> = async (c, next) => {
    if (!isIn(c)) throw new Problem(401, ({ web }) => web.locked);
    await next();
  };
  return { routes, required };
}
