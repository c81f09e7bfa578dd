import { Hono } from 'hono';
import { messagesFor } from '../../messages/messages.ts';
import { type Config, isLoopback, type WebConfig } from '../../settings/config.ts';
import type { Log } from '../../util/log.ts';
import type { WebEnv } from './env.ts';
import { answerErrors, Problem } from './problem.ts';

/** For those who run the bot: they read this in its log, too. */
const words = messagesFor('en');

/** Stands where the web chat would be, and says why it is not there. */
export function createWebOff(options: { why: string; log: Pick<Log, 'error'> }): Hono<WebEnv> {
  const routes = new Hono<WebEnv>();
  routes.onError(answerErrors(options.log));
  routes.all('*', () => {
    throw new Problem(403, options.why);
  });
  return routes;
}

/** Why others than the people at this machine may come; undefined where they cannot. */
export function whyOpen({ host, publicUrl }: WebConfig): string | undefined {
  if (!isLoopback(host)) return `HOST is ${host}`;
  return publicUrl === undefined ? undefined : 'PUBLIC_URL is set';
}

/** Why there is no web chat in this process, and how to have one; undefined where it is on. */
export function whyOff({ role, web }: Pick<Config, 'role' | 'web'>): string | undefined {
  if (role === 'worker') return words.web.elsewhere;
  const open = whyOpen(web);
  return open !== undefined && web.password === undefined ? words.web.off(open) : undefined;
}
