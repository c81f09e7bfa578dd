import { createLimiter } from './limiter.ts';

/** Wrong passwords and right ones, in a minute. With the shortest password allowed, guessing takes longer than a life. */
const TRIES_PER_MINUTE = 10;
/** Of all browsers that come by one proxy. */
const PROXIED_PER_MINUTE = 60;

/**
 * How often the password may be tried. Where a proxy stands before all, its address is everybody's: there each browser has
 * its own tries, lest one that errs lock the others out, and all have an end together, lest one that throws its mark away
 * each time have tries without end.
 */
export function createTries({ isProxied, now }: { isProxied: boolean; now: () => number }) {
  const unmarked = createLimiter({ perMinute: TRIES_PER_MINUTE, now });
  const marked = createLimiter({ perMinute: TRIES_PER_MINUTE, now });
  const together = createLimiter({ perMinute: PROXIED_PER_MINUTE, now });
  /** 0 where it may try (and that is counted); else how long to wait, in milliseconds. */
  return (neighbourhood: string, browser: string | undefined): number => {
    if (!isProxied) return unmarked.take(neighbourhood);
    const waitMs = browser === undefined ? unmarked.take(neighbourhood) : marked.take(browser);
    return waitMs > 0 ? waitMs : together.take(neighbourhood);
  };
}
