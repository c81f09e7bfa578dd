import { Hono } from 'hono';
import { isLoopback, type WebConfig } from '../../config.ts';
import type { Log } from '../../ops/log.ts';
import { type WebEnv, words } from './env.ts';
import { answerErrors } from './errors.ts';
import { Problem } from './problem.ts';

/** Stands where the web chat would be, and says how to switch it on. */
export function createWebOff(options: { why: string; log: Pick<Log, 'error'> }): Hono<WebEnv> {
  const routes = new Hono<WebEnv>();
  routes.onError(answerErrors(options.log));
  routes.all('*', () => {
    throw new Problem(403, words.web.off(options.why));
  });
  return routes;
}

/** Why others than the people at this machine may come; undefined where they cannot. */
export function whyOpen({ host, publicUrl }: WebConfig): string | undefined {
  if (!isLoopback(host)) return `HOST is ${host}`;
  return publicUrl === undefined ? undefined : 'PUBLIC_URL is set';
}
