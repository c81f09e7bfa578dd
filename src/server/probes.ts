import { Hono } from 'hono';
import { isLoopback } from '../settings/config.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from './metrics.ts';
import type { Readiness } from './ready.ts';

/** Health for monitors of the process. `metrics` only where no request from outside can reach it. */
export function createProbes(options: {
  ready: () => Promise<Readiness>;
  /** Whether the program can only end and be started anew. */
  hasFailed: () => boolean;
  metrics?: Pick<Metrics, 'contentType' | 'text'>;
  log: Pick<Log, 'error'>;
}): Hono {
  const { ready, hasFailed, metrics, log } = options;
  const routes = new Hono();
  routes.onError((error, c) => {
    log.error({ err: error, path: c.req.path }, 'a probe failed');
    return c.json({ error: 'This cannot be told at present; the log says more.' }, 503);
  });
  routes.get('/healthz', (c) => c.json({ alive: !hasFailed() }, hasFailed() ? 503 : 200));
  routes.get('/readyz', async (c) => {
    const readiness = await ready();
    return c.json(readiness, readiness.ready ? 200 : 503);
  });
  if (metrics) {
    // A page elsewhere may have its name pointed at this machine, and would read along.
    routes.get('/metrics', async (c, next) =>
      isLoopback(new URL(c.req.url).hostname) ? next() : c.json({ error: 'Only this machine may ask.' }, 421),
    );
    routes.get('/metrics', async (c) => c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType }));
  }
  return routes;
}
