import type { WebPerson } from './env.ts';
import { createLimiter } from './limiter.ts';
import { Problem } from './problem.ts';

/** How often something new may be asked for. */
export type Pace = ReturnType<typeof createPace>;

/** So many a minute of each person; and of all who come from one place, for a browser that throws its mark away is a new one. */
export function createPace({ perMinute, now }: { perMinute: number; now: () => number }) {
  const ofPerson = createLimiter({ perMinute, now });
  const ofSender = createLimiter({ perMinute, now });
  /** Why nothing new may be asked for at present; counts what may. */
  return ({ requester, from }: WebPerson, clips = 1): Problem | undefined => {
    const waitMs = ofSender.take(from, clips) || ofPerson.take(requester.id, clips);
    return waitMs > 0 ? new Problem(429, ({ web }) => web.tooFast(waitMs), waitMs) : undefined;
  };
}
