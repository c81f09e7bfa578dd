import type { LookupAddress, LookupOptions } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { rangesOf } from './ranges.ts';

/** Every address of a name. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

export const systemResolve: Resolve = (hostname) => systemLookup(hostname, { all: true });

/** A name that leads into somebody's own network alone. Its message is for a log: it tells where to, and of no name. */
export class NotPublic extends Error {
  override name = 'NotPublic';
}

/** What is not the internet at large (IANA's special-purpose registry): private, loopback, link-local, test, multicast. */
const SPECIAL_IPV4 = [
  ...(['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'] as const),
  ...(['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'] as const),
  ...(['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'] as const),
];
/** Inside of 2000::/3, which alone is public: Teredo and its like, documentation, 6to4 (wraps any IPv4 address). */
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'] as const;

const special = rangesOf([...SPECIAL_IPV4, ...SPECIAL_IPV6]);
const globalIpv6 = rangesOf(['2000::/3']);

/** Whether an IP address belongs to the public internet. What is no address at all does not. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !special.has(address);
  const translated = behindNat64(address);
  if (translated !== undefined) return isPublicAddress(translated);
  return globalIpv6.has(address) && !special.has(address);
}

/**
 * The IPv4 address that a NAT64 translator connects to for this one of 64:ff9b::/96 (RFC 6052): in networks that have
 * IPv6 alone every name of an IPv4 host leads there.
 */
function behindNat64(address: string): string | undefined {
  const url = `http://[${address}]`;
  const [found, high = '0', low = '0'] =
    (URL.canParse(url) && /^\[64:ff9b::(?:(?:([\da-f]+):)?([\da-f]+))?\]$/.exec(new URL(url).hostname)) || [];
  if (found === undefined) return undefined;
  return [high, low].flatMap((part) => [Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 0xff]).join('.');
}

/**
 * A `lookup` for sockets that knows public addresses only. It is asked at the moment of connecting and its answer is what
 * is connected to, so a name that changes its address between a check and its use gains nothing. Of a name's addresses
 * the good ones are told, and those alone.
 */
export function publicLookup(resolve: Resolve = systemResolve, isPublic = isPublicAddress) {
  type Callback = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;
  return (hostname: string, options: LookupOptions, callback: Callback): void => {
    resolve(hostname).then(
      (all) => {
        const good = all.filter(({ address }) => isPublic(address));
        const [first] = good;
        if (!first) callback(notPublic(all), []);
        else if (options.all) callback(null, good);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}

const notPublic = ([first]: LookupAddress[]): NotPublic =>
  new NotPublic(
    first
      ? `its name leads to ${first.address}, which is no public address; PUBLIC_RANGES can say that it is`
      : 'its name leads nowhere',
  );
