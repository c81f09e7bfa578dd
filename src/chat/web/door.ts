import { Hono, type MiddlewareHandler } from 'hono';
import { needsAdminPassword } from '../../messages/operators.ts';
import { isLoopback, type WebConfig } from '../../settings/config.ts';
import type { Store } from '../../store/store.ts';
import { systemClock } from '../../util/clock.ts';
import { createBrowsers } from './browsers.ts';
import type { WebEnv } from './env.ts';
import { hostGuard, originGuard } from './guard.ts';
import { ADMIN_LOGIN, CHAT_LOGIN, createLogin, type LoginPlace } from './login.ts';
import { mac } from './mac.ts';
import { Problem } from './problem.ts';
import { createSessions, loadSecret } from './session.ts';

/** The rules by which requests come in, for the chat and for what else is private at its port. */
export interface Door {
  /** For all of them: it was meant for this bot, and comes by no proxy that was not announced. */
  all: MiddlewareHandler<WebEnv>;
  /** For what is private: another site's page did not send it, and whoever did has shown the password. */
  inside: readonly MiddlewareHandler<WebEnv>[];
  /** For what only those who run the bot may do. */
  admin: readonly MiddlewareHandler<WebEnv>[];
  /** Where passwords are shown. */
  routes: Hono<WebEnv>;
}

export async function createDoor(config: WebConfig, store: Pick<Store, 'setOnce'>): Promise<Door> {
  const { password, adminPassword, publicUrl } = config;
  const { now } = systemClock;
  const ownPages = originGuard(config);
  const routes = new Hono<WebEnv>();
  for (const { post } of [CHAT_LOGIN, ADMIN_LOGIN]) routes.use(post, ownPages);
  const secret = await loadSecret(store);
  const loginWith = (password: string, { at, secret }: { at: LoginPlace; secret: Buffer }) =>
    createLogin({
      at,
      sessions: createSessions({ password, secret, now }),
      browsers: createBrowsers({ password, secret }),
      secure: publicUrl?.startsWith('https:') ?? false,
      isProxied: publicUrl !== undefined,
      now,
    });
  const chat = password === undefined ? undefined : loginWith(password, { at: CHAT_LOGIN, secret });
  // With a key of its own: no cookie of the chat opens it, whatever the passwords are.
  const admin =
    adminPassword === undefined
      ? undefined
      : loginWith(adminPassword, { at: ADMIN_LOGIN, secret: mac(secret, 'admin') });
  const inside = [ownPages, ...(chat ? [chat.required] : [])];
  if (chat) routes.route('/', chat.routes);
  if (admin) {
    // The password of the chat comes first, where there is one.
    routes.use(ADMIN_LOGIN.post, ...inside);
    routes.route('/', admin.routes);
  }
  return { all: hostGuard(config), inside, admin: [...inside, admin?.required ?? withoutAdmin(config)], routes };
}

/** Whoever sits at this machine runs the bot, where nobody else can come. */
const withoutAdmin =
  (config: WebConfig): MiddlewareHandler<WebEnv> =>
  async (_c, next) => {
    const isAlone = isLoopback(config.host) && config.publicUrl === undefined && config.password === undefined;
    if (!isAlone) throw new Problem(403, needsAdminPassword);
    await next();
  };
