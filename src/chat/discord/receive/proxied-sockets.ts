import http, { type RequestOptions } from 'node:http';
import https from 'node:https';
import { agentFor } from '../../../net/agents.ts';
import type { Network } from '../../../net/network.ts';

/**
 * Lets connections to the gateway go by the proxy: discord.js has no setting for it, and `ws` below it takes an agent from
 * nowhere else, but asks for `request` of these two modules at each connection. So upgrades to WebSocket are given one on
 * their way there. Returns how to end that.
 */
export function proxySockets(network: Network): () => void {
  if (!network.hasProxies) return () => {};
  const restores = [proxyIn(http, 'ws:', network), proxyIn(https, 'wss:', network)];
  return () => {
    for (const restore of restores) restore();
  };
}

function proxyIn(module: typeof http | typeof https, protocol: string, network: Network): () => void {
  const { request: own } = module;
  function request(...[options, ...rest]: [RequestOptions, ...never[]]) {
    const url = isUpgrade(options) ? new URL(`${protocol}//${options.host}:${options.port}`) : undefined;
    const agent = url && agentFor(network, url);
    return own(agent ? { ...options, agent } : options, ...rest);
  }
  Object.assign(module, { request });
  return () => void Object.assign(module, { request: own });
}

const isUpgrade = ({ headers }: RequestOptions): boolean =>
  headers !== undefined && !Array.isArray(headers) && 'Upgrade' in headers && headers.Upgrade === 'websocket';
