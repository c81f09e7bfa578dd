import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { createBodies } from '../../../src/chat/web/body.ts';
import { createLimiter } from '../../../src/chat/web/limiter.ts';
import type { Problem } from '../../../src/chat/web/problem.ts';

describe('the limiter', () => {
  test('lets a minute’s worth through at once, then one at a time, each key for itself', () => {
    let now = 1_000_000;
    const { take } = createLimiter({ perMinute: 6, now: () => now });
    for (let i = 0; i < 6; i++) expect(take('a')).toBe(0);
    expect(take('a')).toBe(10_000);
    expect(take('b')).toBe(0);
    now += 9_999;
    expect(take('a')).toBe(1);
    now += 1;
    expect(take('a')).toBe(0);
    expect(take('a')).toBe(10_000);
    now += 600_000;
    for (let i = 0; i < 6; i++) expect(take('a')).toBe(0);
    expect(take('a')).toBeGreaterThan(0);
  });

  test('remembers no more keys than it may: beyond, all share one allowance, until others are forgotten', () => {
    let now = 0;
    const { take } = createLimiter({ perMinute: 2, now: () => now });
    for (let i = 0; i < 10_000; i++) expect(take(`k${i}`)).toBe(0);
    expect([take('x'), take('y'), take('z')]).toEqual([0, 0, 30_000]);
    now += 60_000;
    expect([take('x'), take('y'), take('z')]).toEqual([0, 0, 0]);
  });
});

describe('a body', () => {
  let server: Server;
  afterEach(() => server.close().closeAllConnections());

  /** What becomes of a body of which a part comes. */
  async function receive(part: string, headers: Record<string, string>, then: 'hang' | 'leave'): Promise<string> {
    const bodies = createBodies({ patienceMs: 100 });
    const outcome = new Promise<string>((resolve) => {
      server = createServer((incoming, outgoing) => {
        bodies
          .withPicture(incoming, async (bytes) => `took ${bytes.length}`)
          .then(resolve, (error: Problem) => resolve(error.sentence('en')))
          .finally(() => outgoing.end());
      }).listen(0);
    });
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const outgoing = request({ port, method: 'POST', headers, agent: false }).on('error', () => {});
    outgoing.write(part);
    if (then === 'leave') server.once('request', () => outgoing.destroy());
    return outcome;
  }

  test('of which nothing more comes is given up', async () => {
    expect(await receive('half', { 'content-length': '8' }, 'hang')).toBe(
      'The picture stopped arriving. Send it again.',
    );
  });

  test('whose sender goes away is not taken for whole, said its length or not', async () => {
    const cutOff = 'The picture did not arrive whole. Send it again.';
    expect(await receive('half', { 'content-length': '8' }, 'leave')).toBe(cutOff);
    server.close();
    expect(await receive('half', { 'transfer-encoding': 'chunked' }, 'leave')).toBe(cutOff);
  });
});
