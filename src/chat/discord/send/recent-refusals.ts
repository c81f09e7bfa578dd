import type { Clock } from '../../../util/clock.ts';

/** What a channel may refuse. */
export type Action = 'send' | 'edit' | 'thread';

/** Short enough that nobody who has just given a permission waits for long. */
const SHUT_MS = 60_000;
const MAX_REMEMBERED = 10_000;

/** Which channels refused what lately: asking again and again is what gets a bot's address banned. */
export interface RecentRefusals {
  isBlocked(channel: string, deed: Action): boolean;
  block(channel: string, deed: Action): void;
}

export function createRecentRefusals(clock: Clock): RecentRefusals {
  const shutUntil = new Map<string, number>();
  return {
    isBlocked: (channel, deed) => (shutUntil.get(`${deed}:${channel}`) ?? 0) > clock.now(),
    block(channel, deed) {
      const key = `${deed}:${channel}`;
      shutUntil.delete(key);
      const oldest = shutUntil.keys().next();
      if (shutUntil.size >= MAX_REMEMBERED && !oldest.done) shutUntil.delete(oldest.value);
      shutUntil.set(key, clock.now() + SHUT_MS);
    },
  };
}
