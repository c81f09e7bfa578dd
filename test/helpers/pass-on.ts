import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { addressOf } from './listening.ts';

/** Passes a request on to the server at this address, as it came. */
export function passOn(req: IncomingMessage, res: ServerResponse, address: string): void {
  const { hostname, port } = new URL(address);
  const { url: path, method, headers } = req;
  const onward = request({ hostname, port, path, method, headers }, (answer) => {
    res.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(res);
  });
  onward.on('error', () => res.destroy());
  res.on('close', () => onward.destroy());
  req.pipe(onward);
}

/** Passes each request on to the address that `to` names for it, as a balancer does. Listens at a free port. */
export async function startPassingOn(to: (path: string) => string | undefined) {
  const server = createServer((req, res) => {
    const address = to(req.url ?? '/');
    if (address === undefined) res.writeHead(502).end();
    else passOn(req, res, address);
  });
  // Longer than any client keeps an idle connection.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${addressOf(server).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
