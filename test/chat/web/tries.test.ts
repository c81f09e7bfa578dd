import { describe, expect, test } from 'vitest';
import { createTries } from '../../../src/chat/web/tries.ts';
import { neighbourhoodOf } from '../../../src/net/neighbourhood.ts';

describe('one sender', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    // How a socket that listens for both families tells of IPv4.
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::1.2.3.4', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
    [undefined, ''],
  ])('%s is %s', (address, neighbourhood) => {
    expect(neighbourhoodOf(address)).toBe(neighbourhood);
  });
});

test('a network of IPv6 has as many tries as one address', () => {
  const tries = createTries({ isProxied: false, now: () => 0 });
  const passed = (network: string) => {
    let count = 0;
    for (let i = 0; i < 100_000; i++)
      if (tries(neighbourhoodOf(`${network}:${(i % 65_536).toString(16)}:${i >> 16}:0:1`), undefined) === 0) count++;
    return count;
  };
  expect([passed('2001:db8:1:2'), passed('2001:db8:1:3')]).toEqual([10, 10]);
});
