import { once } from 'node:events';
import { createServer, type RequestListener, request } from 'node:http';
import type { BucketConfig } from '../../src/settings/object-storage.ts';

/** A service that answers as one is told. */
export async function listening(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object') throw new Error('it does not listen');
  return {
    endpoint: `http://127.0.0.1:${address?.port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** In front of a bucket: what it `refuses` is denied, as where a right is missing; the rest goes through. */
export async function refusing(config: BucketConfig) {
  const { hostname, port } = new URL(config.endpoint);
  const between = {
    config,
    refuses: (_method: string, _url: string): boolean => false,
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
  };
  const served = await listening((asked, response) => {
    const { method = '', url: path = '', headers } = asked;
    if (between.refuses(method, path)) {
      asked.resume();
      response.writeHead(403, { 'content-type': 'application/xml' });
      response.end('<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>no</Message></Error>');
      return;
    }
    const out = request({ hostname, port, method, path, headers }, (back) => {
      response.writeHead(back.statusCode ?? 500, back.headers);
      back.pipe(response);
    });
    asked.pipe(out);
  });
  between.config = { ...config, endpoint: served.endpoint };
  return between;
}
