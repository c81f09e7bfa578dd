import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { z } from 'zod';

/** Hosts that are told apart; of clips and pictures there may be any number. */
const MAX_HOSTS = 30;
export const OTHER_HOSTS = 'other';

/** undici's answers, Node's own `fetch` among them, and those of Node's `http`. */
const CHANNELS = {
  'undici:request:headers': z
    .object({
      request: z.object({ origin: z.union([z.string(), z.instanceof(URL)]) }),
      response: z.object({ statusCode: z.number() }),
    })
    .transform(({ request, response }) => ({ host: new URL(request.origin).hostname, status: response.statusCode })),
  'http.client.response.finish': z
    .object({
      request: z.object({ host: z.string() }),
      response: z.object({ statusCode: z.number() }),
    })
    .transform(({ request, response }) => ({ host: request.host, status: response.statusCode })),
} as const;

/** Tells of each answer 429 that this process gets, from whatever host and by whichever client. Returns how to stop. */
export function watchTooMany(tell: (host: string) => void): () => void {
  const hosts = new Set<string>();
  const listeners = Object.entries(CHANNELS).map(([channel, schema]) => {
    const listener = (message: unknown): void => {
      const answer = schema.safeParse(message);
      if (answer.data?.status !== 429) return;
      const { host } = answer.data;
      if (hosts.size < MAX_HOSTS) hosts.add(host);
      tell(hosts.has(host) ? host : OTHER_HOSTS);
    };
    subscribe(channel, listener);
    return () => unsubscribe(channel, listener);
  });
  return () => {
    for (const stop of listeners) stop();
  };
}
