import { createHash } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { DownloadFailed, type DownloadTimeouts, download } from '../../src/net/download.ts';
import { addressOf } from '../helpers/listening.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** How the end of a body is told. */
type Framing = 'length' | 'chunked' | 'until the end';
const FRAMINGS: readonly Framing[] = ['length', 'chunked', 'until the end'];
const SIZES = [64 * 1024, 1024 * 1024, 4 * 1024 * 1024, 20 * 1024 * 1024];
const PIECE = 64 * 1024;

/** A server on bare sockets, so that it closes at once after its answer, as CDNs do. `cutAt`: it breaks off there. */
async function serve(body: Buffer, framing: Framing, { cutAt = body.length }: { cutAt?: number } = {}): Promise<URL> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.once('data', () => {
      const told = { length: `content-length: ${body.length}`, chunked: 'transfer-encoding: chunked' };
      socket.write(`HTTP/1.1 200 OK\r\nconnection: close\r\n`);
      socket.write(framing === 'until the end' ? '\r\n' : `${told[framing]}\r\n\r\n`);
      for (let from = 0; from < cutAt; from += PIECE) {
        const piece = body.subarray(from, Math.min(cutAt, from + PIECE));
        if (framing === 'chunked') socket.write(`${piece.length.toString(16)}\r\n`);
        socket.write(piece);
        if (framing === 'chunked') socket.write('\r\n');
      }
      if (framing === 'chunked' && cutAt === body.length) socket.write('0\r\n\r\n');
      socket.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return new URL(`http://127.0.0.1:${addressOf(server).port}/clip.mp4?_jwt=secret`);
}

const bytesOf = (size: number): Buffer => Buffer.alloc(size, createHash('sha256').update(String(size)).digest());
const sha256 = (): ReturnType<typeof createHash> => createHash('sha256');

/** Reads a file to its end, with a rest after each piece. Its hash. */
async function read(
  url: URL,
  { restMs = 0, timeouts }: { restMs?: number; timeouts?: Partial<DownloadTimeouts> } = {},
) {
  const hash = sha256();
  const { body } = await download(url, { trusted: true, signal: AbortSignal.timeout(50_000), timeouts });
  for await (const chunk of body) {
    hash.update(chunk);
    if (restMs > 0) await delay(restMs);
  }
  return hash.digest('hex');
}

describe('a server that closes after its answer', () => {
  for (const framing of FRAMINGS)
    for (const size of SIZES)
      it(`sends ${size / 1024} kB whole (${framing}), twenty times at once`, async () => {
        const body = bytesOf(size);
        const url = await serve(body, framing);
        const hashes = await Promise.all(Array.from({ length: 20 }, () => read(url)));
        expect(new Set(hashes)).toEqual(new Set([sha256().update(body).digest('hex')]));
      });

  it.each(FRAMINGS)('sends all to a reader that rests after each piece (%s)', async (framing) => {
    const body = bytesOf(3 * 1024 * 1024);
    const url = await serve(body, framing);
    const hashes = await Promise.all(Array.from({ length: 20 }, () => read(url, { restMs: 5 })));
    expect(new Set(hashes)).toEqual(new Set([sha256().update(body).digest('hex')]));
  });

  it.each(['length', 'chunked'] as const)(
    'and breaks off half-way is an error that can be caught (%s)',
    async (framing) => {
      const url = await serve(bytesOf(3 * 1024 * 1024), framing, { cutAt: 1_500_000 });
      for (const restMs of [0, 5]) {
        const error = await read(url, { restMs }).catch((error: unknown) => error);
        expect(error).toBeInstanceOf(DownloadFailed);
        expect(String(error)).not.toContain('secret');
      }
    },
  );
});

describe('a server that says nothing more', () => {
  async function silentAfter(text: string): Promise<URL> {
    const server = createServer((socket) => {
      socket.on('error', () => {}).once('data', () => socket.write(text));
      ends.push(async () => socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ends.push(async () => server.close());
    return new URL(`http://127.0.0.1:${addressOf(server).port}/`);
  }

  it('before its answer', async () => {
    const url = await silentAfter('HTTP/1.1 200');
    await expect(read(url, { timeouts: { headersMs: 50 } })).rejects.toThrow('no answer in time');
  });

  it('and goes on with another protocol instead of answering', async () => {
    const url = await silentAfter('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n');
    await expect(read(url)).rejects.toThrow('no answer');
  });

  it('in the middle of the body', async () => {
    const url = await silentAfter('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nsome');
    await expect(read(url, { timeouts: { bodyMs: 50 } })).rejects.toThrow('it stalls');
  });
});

describe('the connection is closed', () => {
  /** Says this once, and then waits. `gone`: its connection was closed. */
  async function saying(text: string): Promise<{ url: URL; gone: Promise<void> }> {
    let closed = () => {};
    const gone = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const server = createServer((socket) => {
      socket.on('error', () => {}).on('close', closed);
      socket.once('data', () => socket.write(text));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ends.push(async () => server.close());
    return { url: new URL(`http://127.0.0.1:${addressOf(server).port}/`), gone };
  }

  it('where the body is not wanted and is discarded', async () => {
    const { url, gone } = await saying('HTTP/1.1 404 No\r\ncontent-length: 100\r\n\r\nsome');
    const answer = await download(url, { trusted: true, signal: AbortSignal.timeout(5_000) });
    expect(answer.status).toBe(404);
    answer.discard();
    await gone;
  });

  it('where its reader never begins', async () => {
    const { url, gone } = await saying('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nsome');
    const { signal } = new AbortController();
    const { body } = await download(url, { trusted: true, signal, timeouts: { bodyMs: 50 } });
    // Nothing of a generator runs that ends before its first piece was asked for.
    await body[Symbol.asyncIterator]().return?.();
    await gone;
  });

  it('where it is aborted before the first look; then nothing of it is taken for the whole', async () => {
    const { url, gone } = await saying('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nsome');
    const abort = new AbortController();
    const { body } = await download(url, { trusted: true, signal: abort.signal });
    abort.abort(new Error('the end'));
    await gone;
    const pieces = body[Symbol.asyncIterator]();
    await expect(pieces.next()).rejects.toThrow('the end');
  });
});
