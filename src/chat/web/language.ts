import type { Context, MiddlewareHandler } from 'hono';
import { localeAt } from '../../../commands/settings/at-place.ts';
import { knownLocale } from '../../messages/messages.ts';
import type { Store } from '../../store/store.ts';
import { systemClock } from '../../util/clock.ts';
import { settleWithin } from '../../util/settle-within.ts';
import { WEB_PLACE, type WebEnv } from './env.ts';

const DEFAULT_LOCALE = 'en';

/** Whatever is worded for its reader. */
export type InWords<T> = (locale: string) => T;

/** The locale of what this request is answered with. */
export const localeOf = (c: Context<WebEnv>): string =>
  c.get('locale') ?? acceptedLocale(c.req.header('accept-language'));

/** The page waits no longer for a record: without it a reader has their own language. */
const PATIENCE_MS = 300;

/** Makes the language that is set for this chat the one of every answer, where one is. */
export const inChatLanguage =
  (store: Pick<Store, 'chatSettings'>): MiddlewareHandler<WebEnv> =>
  async (c, next) => {
    const own = acceptedLocale(c.req.header('accept-language'));
    c.set('locale', (await settleWithin(localeAt(WEB_PLACE, own, store), PATIENCE_MS, systemClock))?.value);
    await next();
  };

/** The locale that there are words for and the reader likes best, by an Accept-Language header (RFC 9110, 12.5.4). */
export function acceptedLocale(header = ''): string {
  const ranges = header.split(',').flatMap((part, n) => {
    const [range = '', ...parameters] = part.split(';').map((each) => each.trim());
    const weight = parameters.find((each) => /^q=/i.test(each))?.slice(2);
    const q = weight === undefined ? 1 : Number(weight);
    return range !== '' && q > 0 && q <= 1 ? [{ range, q, n }] : [];
  });
  ranges.sort((a, b) => b.q - a.q || a.n - b.n);
  for (const { range } of ranges) {
    const found = knownLocale(range);
    if (found !== undefined) return found;
  }
  return DEFAULT_LOCALE;
}
