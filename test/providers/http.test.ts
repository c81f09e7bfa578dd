import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../src/net/retry-after.ts';
import { createHttp, type HttpOptions } from '../../src/providers/http/client.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A TCP server that counts connections and does with each as told. */
async function listen(each: (socket: import('node:net').Socket) => void) {
  const sockets = new Set<import('node:net').Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    each(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { port, sockets, received: () => [...sockets].reduce((sum, socket) => sum + socket.bytesRead, 0) };
}

function http(options: HttpOptions) {
  const made = createHttp(options);
  ends.push(() => made.close());
  return made;
}

const call = { method: 'POST', path: '/x', headers: {}, body: { scene: 'words' } } as const;

describe('a call that cannot be connected was not sent', () => {
  it('where nobody listens', async () => {
    const { port } = await listen(() => {});
    await ends.pop()?.();
    const called = await http({ baseUrl: `http://127.0.0.1:${port}` }).call(call);
    expect(called).toEqual({ outcome: 'nothing', sent: false, reason: 'no answer (ECONNREFUSED)' });
  });

  it('where there is no such name', async () => {
    const called = await http({ baseUrl: 'http://nobody.invalid' }).call(call);
    expect(called).toMatchObject({ outcome: 'nothing', sent: false });
  });

  it('where the other side speaks no TLS', async () => {
    const { port } = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const called = await http({ baseUrl: `https://127.0.0.1:${port}` }).call(call);
    expect(called).toMatchObject({ outcome: 'nothing', sent: false });
  });

  it('where TLS is never agreed upon', async () => {
    const { port } = await listen(() => {});
    const timeouts = { connectMs: 100, totalMs: 5_000 };
    const called = await http({ baseUrl: `https://127.0.0.1:${port}`, timeouts }).call(call);
    expect(called).toEqual({ outcome: 'nothing', sent: false, reason: 'no answer (UND_ERR_CONNECT_TIMEOUT)' });
  });

  it('where it is stopped, or takes too long, before there is a connection; nor is it sent later', async () => {
    const { port, sockets } = await listen(() => {});
    const client = http({ baseUrl: `https://127.0.0.1:${port}`, timeouts: { totalMs: 50 } });
    expect(await client.call(call, { signal: AbortSignal.timeout(20) })).toEqual({
      outcome: 'nothing',
      sent: false,
      reason: 'stopped',
    });
    expect(await client.call(call)).toMatchObject({ outcome: 'nothing', sent: false });
    expect(sockets.size).toBeGreaterThan(0);
  });

  it('where it is stopped while it connects, and never goes out', async () => {
    const { port, received } = await listen(() => {});
    const stopped = new AbortController();
    const client = http({ baseUrl: `http://127.0.0.1:${port}` });
    const called = client.call(call, { signal: stopped.signal });
    stopped.abort();
    expect(await called).toMatchObject({ outcome: 'nothing', sent: false });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(received()).toBe(0);
  });

  it('where it was closed before', async () => {
    const { port } = await listen(() => {});
    const client = http({ baseUrl: `http://127.0.0.1:${port}` });
    await client.close();
    expect(await client.call(call)).toMatchObject({ outcome: 'nothing', sent: false });
  });
});

describe('a call that was sent', () => {
  it.each([
    { title: 'is cut', each: (socket: import('node:net').Socket) => void socket.once('data', () => socket.destroy()) },
    {
      title: 'is reset',
      each: (socket: import('node:net').Socket) => void socket.once('data', () => socket.resetAndDestroy()),
    },
    { title: 'is answered by noise', each: (socket: import('node:net').Socket) => void socket.end('what?\r\n\r\n') },
  ])('may have arrived where it $title', async ({ each }) => {
    const { port } = await listen(each);
    const called = await http({ baseUrl: `http://127.0.0.1:${port}` }).call(call);
    expect(called).toMatchObject({ outcome: 'nothing', sent: true });
  });

  it('may have arrived where no answer comes in time', async () => {
    const { port } = await listen(() => {});
    const timeouts = { headersMs: 100, totalMs: 10_000 };
    const called = await http({ baseUrl: `http://127.0.0.1:${port}`, timeouts }).call(call);
    expect(called).toEqual({ outcome: 'nothing', sent: true, reason: 'no answer (UND_ERR_HEADERS_TIMEOUT)' });
  });

  it('may finish when the way to the provider is closed, within limits', async () => {
    const { port } = await listen((socket) => {
      socket.once('data', (data) => {
        if (String(data).includes('/quick'))
          setTimeout(() => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}'), 30);
      });
    });
    const client = http({ baseUrl: `http://127.0.0.1:${port}`, timeouts: { closeMs: 150 } });
    const [quick, slow] = [client.call({ ...call, path: '/quick' }), client.call({ ...call, path: '/never' })];
    await new Promise((resolve) => setTimeout(resolve, 20));
    const before = performance.now();
    await Promise.all([client.close(), client.close()]);
    expect(performance.now() - before).toBeLessThan(1_000);
    expect(await quick).toMatchObject({ outcome: 'answer', status: 200 });
    expect(await slow).toMatchObject({ outcome: 'nothing', sent: true });
  });

  it('is not sent again on another connection where one was closed', async () => {
    const { port, sockets } = await listen((socket) => void socket.once('data', () => socket.end()));
    await http({ baseUrl: `http://127.0.0.1:${port}` }).call(call);
    expect(sockets.size).toBe(1);
  });

  it('has the status as its answer even where the rest is cut off', async () => {
    const head = 'HTTP/1.1 429 Too Many\r\nretry-after: 4\r\ncontent-length: 100\r\n\r\n{"err';
    const { port } = await listen((socket) => void socket.once('data', () => socket.end(head)));
    const called = await http({ baseUrl: `http://127.0.0.1:${port}` }).call(call);
    expect(called).toEqual({ outcome: 'answer', status: 429, text: '', json: undefined, retryAfterMs: 4_000 });
  });

  it('goes below the path of the base URL, on a connection of its own', async () => {
    const requests: string[] = [];
    const { port, sockets } = await listen(
      (socket) =>
        void socket.once('data', (data) => {
          requests.push(String(data).split('\r\n')[0] ?? '');
          socket.write('HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
        }),
    );
    const client = http({ baseUrl: `http://127.0.0.1:${port}/behind/a/proxy/` });
    const { method, path, headers } = call;
    expect(await client.call({ method, path, headers })).toMatchObject({ status: 200, json: {} });
    expect(await client.call({ method, path, headers })).toMatchObject({ status: 200, json: {} });
    expect(requests).toEqual(Array(2).fill('POST /behind/a/proxy/x HTTP/1.1'));
    expect(sockets.size).toBe(2);
  });
});

describe('Retry-After', () => {
  const now = () => Date.parse('2026-08-01T12:00:00Z');
  const read = (value: string | undefined, date?: string) => retryAfterMs({ 'retry-after': value, date }, now);

  it.each([
    ['5', 5_000],
    ['1.5', 1_500],
    ['0', 1_000],
    ['99999999', 86_400_000],
    ['Sat, 01 Aug 2026 12:00:30 GMT', 30_000],
    ['Sat, 01 Aug 2026 11:00:00 GMT', 1_000],
    ['Saturday, 01-Aug-26 12:01:00 GMT', 60_000],
    ['', undefined],
    ['soon', undefined],
    ['-5', undefined],
    ['5 minutes', undefined],
    ['NaN', undefined],
    [undefined, undefined],
  ])('%j is %j ms', (value, ms) => {
    expect(read(value)).toBe(ms);
  });

  it('measures a date by the clock of the other side, where it tells', () => {
    expect(read('Sat, 01 Aug 2026 12:00:30 GMT', 'Sat, 01 Aug 2026 12:00:10 GMT')).toBe(20_000);
  });
});
