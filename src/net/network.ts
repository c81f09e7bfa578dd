import { isExcepted } from './no-proxy.ts';
import { isPublicAddress } from './public-only.ts';
import { rangesOf } from './ranges.ts';

/** What the settings say of the network that this machine is in. */
export interface NetworkConfig {
  /** Ranges of addresses that a name may lead to as if they were public. */
  publicRanges: readonly string[];
  /** Addresses of the proxies for plain and for encrypted connections; what `except` names is reached directly. */
  proxies: { http?: string; https?: string; except: readonly string[] };
}

/** The way out of this machine. */
export interface Network {
  /** Whether a name that somebody else gave may lead to this address. */
  mayLeadTo(address: string): boolean;
  readonly hasProxies: boolean;
  /** The proxy by which an address is reached; undefined where that is done directly. */
  proxyFor(url: URL): URL | undefined;
}

export function createNetwork({ publicRanges, proxies }: NetworkConfig): Network {
  const admitted = rangesOf(publicRanges);
  return {
    mayLeadTo: (address) => isPublicAddress(address) || admitted.has(address),
    hasProxies: proxies.http !== undefined || proxies.https !== undefined,
    proxyFor(url) {
      const proxy = isEncrypted(url) ? proxies.https : proxies.http;
      return proxy === undefined || isExcepted(url, proxies.except) ? undefined : new URL(proxy);
    },
  };
}

/** Whether TLS is spoken there. */
export const isEncrypted = ({ protocol }: { protocol: string }): boolean =>
  protocol === 'https:' || protocol === 'wss:';

/** Straight to the internet. */
export const DIRECT = createNetwork({ publicRanges: [], proxies: { except: [] } });
