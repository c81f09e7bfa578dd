import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { needsAdminPassword } from '../../messages/operators.ts';
import { neighbourhoodOf } from '../../net/neighbourhood.ts';
import { isPublicAddress } from '../../net/public-only.ts';
import { isLoopback, type WebConfig } from '../../settings/config.ts';
import type { Store } from '../../store/store.ts';
import { systemClock } from '../../util/clock.ts';
import { createBrowsers, newBrowser } from './browsers.ts';
import { WEB_REQUESTER, type WebEnv, webId } from './env.ts';
import { hostGuard, originGuard } from './guard.ts';
import { ADMIN_LOGIN, CHAT_LOGIN, createLogin, type LoginPlace } from './login.ts';
import { mac } from './mac.ts';
import { createCookies, createMarks, type Marks } from './marks.ts';
import { Problem } from './problem.ts';
import { createSessions, loadSecret, SESSION_MS } from './session.ts';

/** The rules by which requests come in, for the chat and for what else is private at its port. */
export interface Door {
  /** For all of them: it was meant for this bot, and comes by no proxy that was not announced. */
  all: MiddlewareHandler<WebEnv>;
  /** For what is private: another site's page did not send it, and whoever did has shown the password. */
  inside: readonly MiddlewareHandler<WebEnv>[];
  /** For what only those who run the bot may do. */
  admin: readonly MiddlewareHandler<WebEnv>[];
  /** Tells who asks, for what is inside; a browser that has no mark yet gets one with the answer. */
  people: MiddlewareHandler<WebEnv>;
  /** Where passwords are shown, and browsers marked. */
  routes: Hono<WebEnv>;
}

export async function createDoor(config: WebConfig, store: Pick<Store, 'setOnce'>): Promise<Door> {
  const { password, adminPassword, publicUrl } = config;
  const { now } = systemClock;
  const ownPages = originGuard(config);
  const routes = new Hono<WebEnv>();
  for (const { post } of [CHAT_LOGIN, ADMIN_LOGIN]) routes.use(post, ownPages);
  const secret = await loadSecret(store);
  const isAlone = isLoopback(config.host) && publicUrl === undefined && password === undefined;
  const cookies = createCookies({ secure: publicUrl?.startsWith('https:') ?? false });
  const loginWith = (password: string, { at, secret, marks }: { at: LoginPlace; secret: Buffer; marks: Marks }) =>
    createLogin({
      at,
      sessions: createSessions({ password, secret, now }),
      marks,
      cookies,
      isProxied: publicUrl !== undefined,
      now,
    });
  const marksAt = ({ markCookie: name }: LoginPlace, secret: Buffer, password = '') =>
    createMarks({ browsers: createBrowsers({ password, secret }), cookies, name });

  const marks = marksAt(CHAT_LOGIN, secret, password);
  const chat = password === undefined ? undefined : loginWith(password, { at: CHAT_LOGIN, secret, marks });
  for (const page of CHAT_LOGIN.pages) routes.get(page, marks.page);
  // With a key of its own: no cookie of the chat opens it, whatever the passwords are.
  const own = mac(secret, 'admin');
  const adminMarks = marksAt(ADMIN_LOGIN, own, adminPassword);
  const admin =
    adminPassword === undefined
      ? undefined
      : loginWith(adminPassword, { at: ADMIN_LOGIN, secret: own, marks: adminMarks });
  const inside = [ownPages, ...(chat ? [chat.required] : [])];
  if (chat) routes.route('/', chat.routes);
  if (admin) {
    for (const page of ADMIN_LOGIN.pages) routes.get(page, adminMarks.page);
    // The password of the chat comes first, where there is one.
    routes.use(ADMIN_LOGIN.post, ...inside);
    routes.route('/', admin.routes);
  }

  /** Whoever sits at this machine runs the bot, where nobody else can come: there the page itself is all that is shown. */
  const byItself = createSessions({ password: '', secret: mac(secret, 'admin without a password'), now });
  const withoutPassword: MiddlewareHandler<WebEnv> = async (c, next) => {
    if (!isAlone) throw new Problem(403, needsAdminPassword);
    await next();
    if (!isOperator(c))
      cookies.set(c, ADMIN_LOGIN.cookie, byItself.issue(), { sameSite: 'Strict', maxAge: SESSION_MS / 1000 });
  };
  const isOperator = (c: Context<WebEnv>): boolean =>
    admin ? admin.isIn(c) : isAlone && byItself.isValid(cookies.read(c, ADMIN_LOGIN.cookie));

  const people: MiddlewareHandler<WebEnv> = async (c, next) => {
    const found = marks.read(c);
    // A program that asks has no cookies; where only this machine can ask, that is nobody to tell apart.
    const browser = found ?? (isAlone ? undefined : newBrowser());
    const requester = browser ? { id: webId(browser), name: browser.name } : WEB_REQUESTER;
    const told = c.req.header('x-forwarded-for');
    c.set('person', {
      requester,
      isOperator: isOperator(c),
      isAlone,
      from: mac(secret, senderOf({ address: getConnInfo(c).remote.address, told }, config)).toString('base64url'),
    });
    await next();
    const who = c.get('mark') ?? (found ? undefined : browser);
    if (who) marks.set(c, { who });
  };
  return {
    all: hostGuard(config),
    inside,
    admin: [...inside, admin?.required ?? withoutPassword],
    people,
    routes,
  };
}

/**
 * Where a request comes from. A proxy says for whom it asks; whoever comes by no proxy could say anything, so it is believed
 * from this machine and its own networks alone. What it says last is its own word, all before that may be made up by who asks.
 */
export function senderOf(
  { address = '', told }: { address?: string; told?: string },
  { publicUrl }: Pick<WebConfig, 'publicUrl'>,
) {
  const isBelieved = publicUrl !== undefined && !isPublicAddress(address);
  return (isBelieved && neighbourhoodOf(told?.split(',').at(-1)?.trim())) || neighbourhoodOf(address);
}
