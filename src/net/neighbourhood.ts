import { isIP } from 'node:net';

const GROUPS = 8;
/** Of a network of IPv6 as it is given to a household or a machine, 64 bits. */
const NETWORK_GROUPS = 4;

/**
 * What is counted as one sender: an IPv4 address, however it is written, or the /64 of an IPv6 address, all of which
 * belongs to whoever has one address in it. '' for what is no address.
 */
export function neighbourhoodOf(address = ''): string {
  const [, ipv4 = address] = /^::ffff:([\d.]+)$/i.exec(address) ?? [];
  if (isIP(ipv4) === 4) return ipv4;
  const [ipv6 = ''] = address.split('%');
  if (isIP(ipv6) !== 6) return '';
  // In the one form in which it has no dots and no zeros before its digits.
  const [head = '', tail] = new URL(`http://[${ipv6}]`).hostname.slice(1, -1).split('::');
  const [before, after] = [groupsOf(head), groupsOf(tail)];
  const zeros = Array<string>(GROUPS - before.length - after.length).fill('0');
  return `${[...before, ...zeros, ...after].slice(0, NETWORK_GROUPS).join(':')}::/64`;
}

const groupsOf = (text = ''): string[] => (text === '' ? [] : text.split(':'));
