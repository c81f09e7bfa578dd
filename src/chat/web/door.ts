import { Hono, type MiddlewareHandler } from 'hono';
import type { WebConfig } from '../../settings/config.ts';
import type { Store } from '../../store/store.ts';
import { systemClock } from '../../util/clock.ts';
import { createBrowsers } from './browsers.ts';
import type { WebEnv } from './env.ts';
import { hostGuard, originGuard } from './guard.ts';
import { createLogin } from './login.ts';
import { createSessions, loadSecret } from './session.ts';

/** The rules by which requests come in, for the chat and for what else is private at its port. */
export interface Door {
  /** For all of them: it was meant for this bot, and comes by no proxy that was not announced. */
  all: MiddlewareHandler<WebEnv>;
  /** For what is private: another site's page did not send it, and whoever did has shown the password. */
  inside: readonly MiddlewareHandler<WebEnv>[];
  /** Where the password is shown. */
  routes: Hono<WebEnv>;
}

export async function createDoor(config: WebConfig, store: Pick<Store, 'setOnce'>): Promise<Door> {
  const { password, publicUrl } = config;
  const { now } = systemClock;
  const ownPages = originGuard(config);
  const routes = new Hono<WebEnv>().use('/login', ownPages);
  if (password === undefined) return { all: hostGuard(config), inside: [ownPages], routes };
  const secret = await loadSecret(store);
  const login = createLogin({
    sessions: createSessions({ password, secret, now }),
    browsers: createBrowsers({ password, secret }),
    secure: publicUrl?.startsWith('https:') ?? false,
    isProxied: publicUrl !== undefined,
    now,
  });
  return { all: hostGuard(config), inside: [ownPages, login.required], routes: routes.route('/', login.routes) };
}
