import { type Agent, type AgentOptions, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP, Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { buildConnector } from 'undici';
import { isEncrypted, type Network } from './network.ts';
import { openTunnel } from './tunnel.ts';

/**
 * For Node's own client, and what is built on it: the agent that reaches this address, and what else is at its origin, by
 * its proxy; undefined where there is none.
 */
export function agentFor({ proxyFor }: Network, url: URL, options?: AgentOptions): Agent | undefined {
  const proxy = proxyFor(url);
  if (!proxy) return undefined;
  const encrypted = isEncrypted(url);
  const createConnection: Agent['createConnection'] = (_options, made) => {
    openTunnel(proxy, url).then(
      (socket) => made?.(null, encrypted ? encryptedTo(url, socket) : socket),
      (error: Error) => made?.(error, new Socket()),
    );
    return undefined;
  };
  return Object.assign(encrypted ? new HttpsAgent(options) : new HttpAgent(options), { createConnection });
}

function encryptedTo({ hostname }: URL, socket: Socket): Socket {
  const host = hostname.replace(/^\[|\]$/g, '');
  return connectTls({ socket, host, servername: isIP(host) === 0 ? host : '', ALPNProtocols: ['http/1.1'] });
}

/** For undici: connects to addresses by their proxies, and directly to those that have none. */
export function connectorFor({ proxyFor }: Network, { timeoutMs }: { timeoutMs: number }): buildConnector.connector {
  const direct = buildConnector({ timeout: timeoutMs });
  return (to, made) => {
    const url = new URL(`${to.protocol}//${to.host ?? to.hostname}`);
    const proxy = proxyFor(url);
    if (!proxy) return direct(to, made);
    openTunnel(proxy, url, timeoutMs).then(
      (socket) => (isEncrypted(url) ? direct({ ...to, httpSocket: socket }, made) : made(null, socket)),
      (error: Error) => made(error, null),
    );
  };
}
