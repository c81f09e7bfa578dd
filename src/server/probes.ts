import { Hono, type MiddlewareHandler } from 'hono';
import type { WebEnv } from '../chat/web/env.ts';
import { localeOf } from '../chat/web/language.ts';
import { Problem } from '../chat/web/problem.ts';
import { isLoopback } from '../settings/config.ts';
import type { Log } from '../util/log.ts';
import type { Metrics } from './metrics.ts';
import type { Readiness } from './ready.ts';

/** A page elsewhere may have its name pointed at this machine, and would read along. */
const forThisMachine: MiddlewareHandler<WebEnv> = async (c, next) => {
  if (!isLoopback(new URL(c.req.url).hostname)) throw new Problem(421, 'Only this machine may ask.');
  await next();
};

/** Health for monitors of the process. `metrics` only where no request from outside can reach it, behind `guards`. */
export function createProbes(options: {
  ready: () => Promise<Readiness>;
  /** Whether the program can only end and be started anew. */
  hasFailed: () => boolean;
  metrics?: Pick<Metrics, 'contentType' | 'text'>;
  guards?: readonly MiddlewareHandler<WebEnv>[];
  log: Pick<Log, 'error'>;
}): Hono<WebEnv> {
  const { ready, hasFailed, metrics, guards = [forThisMachine], log } = options;
  const routes = new Hono<WebEnv>();
  routes.onError((error, c) => {
    if (error instanceof Problem) return c.json({ error: error.sentence(localeOf(c)) }, error.status);
    log.error({ err: error, path: c.req.path }, 'a probe failed');
    return c.json({ error: 'This cannot be told at present; the log says more.' }, 503);
  });
  routes.get('/healthz', (c) => c.json({ alive: !hasFailed() }, hasFailed() ? 503 : 200));
  routes.get('/readyz', async (c) => {
    const readiness = await ready();
    return c.json(readiness, readiness.ready ? 200 : 503);
  });
  if (metrics) {
    routes.use('/metrics', ...guards);
    routes.get('/metrics', async (c) => c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType }));
  }
  return routes;
}
