import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import { codeOf } from './error-code.ts';
import { isEncrypted } from './network.ts';

/** The proxy made no way to there, so that nothing was sent. `code` says why: `PROXY_407` is its answer. */
export class NoTunnel extends Error {
  override name = 'NoTunnel';
  readonly code: string;
  constructor(why: string) {
    super(`no way through the proxy (${why})`);
    this.code = `PROXY_${why}`;
  }
}

/** Whether an error's code is one of `NoTunnel`. */
export const isNoTunnel = (code: string): boolean => code.startsWith('PROXY_');

/** From the call to the proxy until the way is made. */
const TUNNEL_MS = 10_000;

/**
 * A connection to there through a proxy, by CONNECT, for plain http too: what answers is the service and never the proxy,
 * whose "502" after a submit would pass for the service's. Throws `NoTunnel`. undici's own ProxyAgent (7.30) asks a proxy
 * that closes the connection anew without end, hundreds of times a second.
 */
export function openTunnel(proxy: URL, to: URL, timeoutMs = TUNNEL_MS): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const { username, password } = proxy;
    const authority = `${to.hostname}:${portOf(to)}`;
    const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
    const headers = { host: authority, 'user-agent': 'kinora' };
    const request = (isEncrypted(proxy) ? requestHttps : requestHttp)({
      method: 'CONNECT',
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: portOf(proxy),
      path: authority,
      headers: username ? { ...headers, 'proxy-authorization': `Basic ${credentials.toString('base64')}` } : headers,
      agent: false,
    });
    const timer = setTimeout(() => request.destroy(new NoTunnel('NO_ANSWER')), timeoutMs);
    request.on('connect', ({ statusCode = 0 }, socket, head) => {
      clearTimeout(timer);
      if (statusCode < 200 || statusCode >= 300) {
        socket.destroy();
        reject(new NoTunnel(String(statusCode)));
        return;
      }
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    request.on('error', (error) => reject(error instanceof NoTunnel ? error : new NoTunnel(codeOf(error))));
    request.on('close', () => {
      clearTimeout(timer);
      reject(new NoTunnel('CLOSED'));
    });
    request.end();
  });
}

const portOf = (url: URL): string => url.port || (isEncrypted(url) ? '443' : '80');
