import { neighbourhoodOf } from '../../net/neighbourhood.ts';
import { createLimiter } from './limiter.ts';

/** A page is four requests, and a video that is looked through a few more. */
const EACH_PER_MINUTE = 300;
/** Of all who come by one address: a proxy's is everybody's. */
const TOGETHER_PER_MINUTE = 3_000;

/**
 * How often strangers may ask for what they have a link to. A proxy says for whom it asks; since who comes by none may say
 * so of anybody, all who come by one address have an end together.
 */
export function createStrangerLimit({ now }: { now: () => number }) {
  const each = createLimiter({ perMinute: EACH_PER_MINUTE, now });
  const together = createLimiter({ perMinute: TOGETHER_PER_MINUTE, now });
  /** 0 where it may (and that is counted); else how long to wait, in milliseconds. */
  return (neighbourhood: string, forwardedFor: string | undefined): number => {
    const nearest = neighbourhoodOf(forwardedFor?.split(',').at(-1)?.trim());
    const waitMs = each.take(`${neighbourhood} ${nearest}`);
    return waitMs > 0 ? waitMs : together.take(neighbourhood);
  };
}
