import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { FakeClock } from './clock.ts';

/** So many requests in so many ms. */
export interface Limit {
  requests: number;
  perMs: number;
}

export interface RateLimitOptions {
  /** By the route's name; the rest have `others`. Counted for each channel, guild or webhook apart. */
  routes?: Record<string, Limit>;
  others?: Limit;
  /** Requests a second by the bot as a whole; interactions and webhooks do not count. */
  global?: number;
}

const USUAL: Record<string, Limit> = {
  createMessage: { requests: 5, perMs: 5000 },
  editMessage: { requests: 5, perMs: 5000 },
  deleteMessage: { requests: 5, perMs: 5000 },
  listMessages: { requests: 5, perMs: 5000 },
  typing: { requests: 5, perMs: 5000 },
};

export interface Verdict {
  retryAfterMs: number;
  scope: 'user' | 'shared' | 'global';
}

/** Buckets with Discord's headers, by the stand-in's clock. */
export function createRateLimits(clock: FakeClock, options: RateLimitOptions = {}) {
  const { others = { requests: 50, perMs: 1000 }, global = 50 } = options;
  const limits = { ...USUAL, ...options.routes };
  const buckets = new Map<string, { left: number; resetAt: number }>();
  const forced = new Map<string, Verdict[]>();

  function bucket(key: string, { requests, perMs }: Limit) {
    const known = buckets.get(key);
    if (known && known.resetAt > clock.now()) return known;
    const fresh = { left: requests, resetAt: clock.now() + perMs };
    buckets.set(key, fresh);
    return fresh;
  }

  return {
    /** The next requests of a route are refused like this, whatever their buckets hold. */
    force: (route: string, verdicts: Verdict[]): void =>
      void forced.set(route, [...(forced.get(route) ?? []), ...verdicts]),
    /** Counts a request and sets the headers; tells where it is one too many. */
    take(
      { route, major, isGlobal }: { route: string; major: string; isGlobal: boolean },
      res: ServerResponse,
    ): Verdict | undefined {
      const limit = limits[route] ?? others;
      const mine = bucket(`${route}:${major}`, limit);
      const everyones = bucket('global', { requests: global, perMs: 1000 });
      const wanted = forced.get(route)?.shift();
      const verdict: Verdict | undefined =
        wanted ??
        (isGlobal && everyones.left <= 0
          ? { retryAfterMs: everyones.resetAt - clock.now(), scope: 'global' }
          : mine.left <= 0
            ? { retryAfterMs: mine.resetAt - clock.now(), scope: 'user' }
            : undefined);
      if (!verdict) {
        mine.left -= 1;
        if (isGlobal) everyones.left -= 1;
      }
      const resetMs = verdict?.retryAfterMs ?? mine.resetAt - clock.now();
      res.setHeader('X-RateLimit-Limit', limit.requests);
      res.setHeader('X-RateLimit-Remaining', verdict ? 0 : mine.left);
      res.setHeader('X-RateLimit-Reset', ((clock.now() + resetMs) / 1000).toFixed(3));
      res.setHeader('X-RateLimit-Reset-After', (resetMs / 1000).toFixed(3));
      res.setHeader('X-RateLimit-Bucket', createHash('md5').update(route).digest('hex'));
      if (verdict) {
        res.setHeader('Retry-After', Math.ceil(verdict.retryAfterMs / 1000));
        res.setHeader('X-RateLimit-Scope', verdict.scope);
        if (verdict.scope === 'global') res.setHeader('X-RateLimit-Global', 'true');
        res.setHeader('Via', '1.1 google');
      }
      return verdict;
    },
  };
}

export type RateLimits = ReturnType<typeof createRateLimits>;

export const tooMany = ({ retryAfterMs, scope }: Verdict) => ({
  message: 'You are being rate limited.',
  retry_after: Math.ceil(retryAfterMs) / 1000,
  global: scope === 'global',
});
