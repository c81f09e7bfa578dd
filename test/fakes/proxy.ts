import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { addressOf } from '../helpers/listening.ts';

/** A forward proxy that counts. */
export interface FakeProxy {
  port: number;
  /** What was asked for, `host:port`, and how often; what was not allowed among it. */
  calls: Map<string, number>;
  /** What it answers instead of making a way, if anything: a status, or the end of the connection. */
  refuse(how: number | 'close' | undefined): void;
  close(): Promise<void>;
}

/**
 * Knows CONNECT alone, as it is meant for anything. `ways`: where each `host:port` leads, a port of this machine; all else
 * is refused with 403. `credentials`: asked for, `name:password`.
 */
export async function startProxy(options: {
  ways: (authority: string) => number | undefined;
  credentials?: string;
}): Promise<FakeProxy> {
  const { ways, credentials } = options;
  const calls = new Map<string, number>();
  const sockets = new Set<Socket>();
  let refusal: number | 'close' | undefined;
  const expected = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
  const server = createServer((_req, res) => void res.writeHead(405).end());
  server.on('connection', (socket) =>
    sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket))),
  );
  server.on('connect', ({ url = '', headers }, near: Socket, head) => {
    calls.set(url, (calls.get(url) ?? 0) + 1);
    const port = ways(url);
    const status = expected !== undefined && headers['proxy-authorization'] !== expected ? 407 : port ? refusal : 403;
    if (status === 'close') return void near.end();
    if (status !== undefined || port === undefined)
      return void near.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
    const far = connect(port, '127.0.0.1', () => {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n');
      far.write(head);
      near.pipe(far).pipe(near);
    });
    sockets.add(far.on('error', () => near.destroy()).on('close', () => near.destroy()));
    near.on('close', () => far.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: addressOf(server).port,
    calls,
    refuse: (how) => {
      refusal = how;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
