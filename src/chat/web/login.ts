import { getConnInfo } from '@hono/node-server/conninfo';
import { Hono, type MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Bodies } from './body.ts';
import { type WebEnv, words } from './env.ts';
import { createLimiter } from './limiter.ts';
import { Problem } from './problem.ts';
import { SESSION_MS, type Sessions } from './session.ts';

const COOKIE = 'kinora';
/** From one address. With the shortest password allowed, guessing takes longer than a life. */
const TRIES_PER_MINUTE = 10;

/** `secure`: people come by HTTPS, so the cookie travels by nothing else. */
export function createLogin({
  sessions,
  secure,
  bodies,
  now,
}: {
  sessions: Sessions;
  secure: boolean;
  bodies: Bodies;
  now: () => number;
}) {
  const limiter = createLimiter({ perMinute: TRIES_PER_MINUTE, now });
  const prefix = secure ? 'host' : undefined;

  const routes = new Hono<WebEnv>();
  routes.post('/login', async (c) => {
    const form = await bodies.form(c.env.incoming);
    const waitMs = limiter.take(getConnInfo(c).remote.address ?? '');
    if (waitMs > 0) throw new Problem(429, words.web.tooManyTries(waitMs), waitMs);
    if (!sessions.matches(form.get('password') ?? '')) throw new Problem(401, words.web.wrongPassword);
    setCookie(c, COOKIE, sessions.issue(), {
      path: '/',
      httpOnly: true,
      sameSite: 'Strict',
      secure,
      maxAge: SESSION_MS / 1000,
      prefix,
    });
    return c.redirect('/', 303);
  });

  /** Lets only browsers pass that have shown the password. */
  const required: MiddlewareHandler<WebEnv> = async (c, next) => {
    const token = prefix ? getCookie(c, COOKIE, prefix) : getCookie(c, COOKIE);
    if (!sessions.isValid(token)) throw new Problem(401, words.web.locked);
    await next();
  };
  return { routes, required };
}
