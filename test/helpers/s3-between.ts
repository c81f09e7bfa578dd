import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { BucketConfig } from '../../src/settings/object-storage.ts';
import { addressOf } from './listening.ts';
import { passOn } from './pass-on.ts';

/** A service that answers as one is told. */
export async function listening(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${addressOf(server).port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** In front of a bucket: what it `refuses` is denied, as where a right is missing; the rest goes through. */
export async function refusing(config: BucketConfig) {
  const between = {
    config,
    refuses: (_method: string, _url: string): boolean => false,
    [Symbol.asyncDispose]: () => served[Symbol.asyncDispose](),
  };
  const served = await listening((asked, response) => {
    const { method = '', url: path = '' } = asked;
    if (!between.refuses(method, path)) return passOn(asked, response, config.endpoint);
    asked.resume();
    response.writeHead(403, { 'content-type': 'application/xml' });
    response.end('<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>no</Message></Error>');
  });
  between.config = { ...config, endpoint: served.endpoint };
  return between;
}
