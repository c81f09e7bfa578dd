import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { type Browser, type Browsers, newBrowser } from './browsers.ts';
import type { WebEnv } from './env.ts';

/** As long as browsers keep a cookie, in seconds. */
const MARK_S = 400 * 24 * 60 * 60;

/** Cookies of this port. `secure`: people come by HTTPS, so cookies travel by nothing else. */
export function createCookies({ secure }: { secure: boolean }) {
  const prefix = secure ? 'host' : undefined;
  const settings = { path: '/', httpOnly: true, secure, prefix } as const;
  return {
    read: (c: Context<WebEnv>, name: string) => (prefix ? getCookie(c, name, prefix) : getCookie(c, name)),
    set: (c: Context<WebEnv>, name: string, value: string, how: { sameSite: 'Strict' | 'Lax'; maxAge: number }) =>
      setCookie(c, name, value, { ...settings, ...how }),
  };
}
export type Cookies = ReturnType<typeof createCookies>;

/** The cookie by which browsers are told apart. */
export type Marks = ReturnType<typeof createMarks>;

export function createMarks({ browsers, cookies, name }: { browsers: Browsers; cookies: Cookies; name: string }) {
  const read = (c: Context<WebEnv>) => browsers.read(cookies.read(c, name));
  /** The browser stays who it is; a `known` one stays known. */
  function set(c: Context<WebEnv>, { as, who }: { as?: 'known'; who?: Browser } = {}): void {
    const old = read(c);
    const mark = browsers.mark(as ?? (old?.isKnown ? 'known' : 'seen'), who ?? old ?? newBrowser());
    // Not strict, as a browser that comes by a link from elsewhere would be given another mark.
    cookies.set(c, name, mark, { sameSite: 'Lax', maxAge: MARK_S });
  }
  /** Marks a browser that comes to a page: who comes again and again stays who they are. */
  const page: MiddlewareHandler<WebEnv> = async (c, next) => {
    await next();
    set(c);
  };
  return { read, set, page };
}
