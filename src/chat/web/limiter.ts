/** Keys remembered; past that all others share one allowance. */
const MAX_KEYS = 10_000;
const MINUTE_MS = 60_000;

/** A limit of so many in a minute, by key, and as many at once after a quiet minute. */
export type Limiter = ReturnType<typeof createLimiter>;

/** A token bucket a key; `perMinute` is at least 1. */
export function createLimiter({ perMinute, now }: { perMinute: number; now: () => number }) {
  // Each is the instant at which the allowance will be full again (a bucket without counting).
  const fullAt = new Map<string, number>();
  const eachMs = MINUTE_MS / perMinute;

  function forgetFull(): void {
    for (const [key, at] of fullAt) if (at <= now()) fullAt.delete(key);
  }

  return {
    /** 0 where it may pass (and is counted, as so many); else how long to wait, in milliseconds. */
    take(key: string, count = 1): number {
      if (!fullAt.has(key) && fullAt.size >= MAX_KEYS) forgetFull();
      const slot = fullAt.has(key) || fullAt.size < MAX_KEYS ? key : '';
      const next = Math.max(fullAt.get(slot) ?? 0, now()) + eachMs * Math.min(count, perMinute);
      const wait = next - now() - MINUTE_MS;
      if (wait > 0) return Math.ceil(wait);
      fullAt.set(slot, next);
      return 0;
    },
  };
}
