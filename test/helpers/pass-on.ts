import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Passes each request on to the address that `to` names for it, as a balancer does. Listens at a free port. */
export async function startPassingOn(to: (path: string) => string | undefined) {
  function passOn(req: IncomingMessage, res: ServerResponse): void {
    const path = req.url ?? '/';
    const address = to(path);
    if (address === undefined) return void res.writeHead(502).end();
    const onward = request(new URL(path, address), { method: req.method, headers: req.headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    onward.on('error', () => res.destroy());
    res.on('close', () => onward.destroy());
    req.pipe(onward);
  }
  const server = createServer(passOn);
  // Longer than any client keeps an idle connection.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
