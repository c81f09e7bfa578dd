import { isIP } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import { isLoopback, type WebConfig } from '../../settings/config.ts';
import type { WebEnv } from './env.ts';
import { Problem } from './problem.ts';

type Face = Pick<WebConfig, 'host' | 'publicUrl' | 'password'>;
type Read = (name: string) => string | undefined;

const WILDCARDS = new Set(['0.0.0.0', '::', '*']);
/** Headers that proxies add. Where none was announced, the world may be behind it. */
const PROXY_HEADERS = [
  ...['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'],
  'cf-connecting-ip',
];

/**
 * Whether the Host header names us. Another site's page whose name was pointed at this machine (DNS rebinding)
 * names itself there. The port is not compared: it may be another where a container or a tunnel passes it on.
 */
export function isOurHost(header: string | undefined, { host, publicUrl }: Face): boolean {
  if (header === undefined || !/^[\w.\-:[\]]+$/.test(header) || !URL.canParse(`http://${header}`)) return false;
  const name = new URL(`http://${header}`).hostname;
  if (isLoopback(name)) return true;
  if (publicUrl !== undefined && name === new URL(publicUrl).hostname) return true;
  // Listening everywhere, any of this machine's addresses will do: an address, unlike a name, cannot be rebound.
  if (WILDCARDS.has(host)) return isIP(name.replace(/^\[|\]$/g, '')) !== 0;
  return name === host.toLowerCase() || name === `[${host.toLowerCase()}]`;
}

/** Refuses requests that were meant for another name, or that come through a proxy that was not announced. */
export function hostGuard(face: Face): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    if (!isOurHost(c.req.header('host'), face)) throw new Problem(421, ({ web }) => web.notThisHost);
    if (face.publicUrl === undefined && PROXY_HEADERS.some((name) => c.req.header(name) !== undefined))
      throw new Problem(421, ({ web }) => web.proxied);
    await next();
  };
}

/** Refuses requests that another site made a browser send: those that change something, and reads of private things. */
export function originGuard(face: Face): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const isRead = c.req.method === 'GET' || c.req.method === 'HEAD';
    const why = foreign((name) => c.req.header(name), { ...face, isRead });
    if (why) throw new Problem(403, ({ web }) => web[why]);
    await next();
  };
}

/**
 * Browsers send Origin with every request that is not a plain read, and today's say in Sec-Fetch-Site what an address
 * is to the page that asked. So without both it is no browser, and there is nobody whose browser could be misled. Where
 * a cookie lets people in we do not lean on that, and ask scripts for an Origin too.
 */
function foreign(
  header: Read,
  { publicUrl, password, isRead }: Face & { isRead: boolean },
): 'foreign' | 'noOrigin' | undefined {
  const origin = header('origin');
  if (origin !== undefined) {
    const ours = origin === publicUrl || origin === `http://${header('host')?.toLowerCase()}`;
    return ours ? undefined : 'foreign';
  }
  const site = header('sec-fetch-site');
  // `none`: typed into the address bar.
  if (site !== undefined) return site === 'same-origin' || (isRead && site === 'none') ? undefined : 'foreign';
  return isRead || password === undefined ? undefined : 'noOrigin';
}
