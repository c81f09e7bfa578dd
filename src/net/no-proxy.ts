import { isRange, rangesOf } from './ranges.ts';

const DEFAULT_PORTS: Record<string, string> = { 'http:': '80', 'ws:': '80', 'https:': '443', 'wss:': '443' };

/**
 * Whether NO_PROXY, of which these are the entries, names this address. An entry is `*`, an IP address or a range of
 * them, or a name, which holds for all below it; with a port it holds for that alone.
 */
export function isExcepted(url: URL, entries: readonly string[]): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port || DEFAULT_PORTS[url.protocol];
  return entries.some((entry) => {
    if (entry === '*') return true;
    if (isRange(entry)) return rangesOf([entry]).has(host);
    const [, name = '', itsPort] = /^(?:\*?\.)?\[?(.*?)\]?(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    return (itsPort === undefined || itsPort === port) && (host === name || host.endsWith(`.${name}`));
  });
}
