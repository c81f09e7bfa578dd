import type { Clock } from '../../../util/clock.ts';

/** Calls that a channel may refuse. */
type CallType = 'send' | 'edit' | 'thread';

/** Short enough for a permission that has just been given to count soon. */
const BLOCK_MS = 60_000;
const MAX_REMEMBERED = 10_000;

/** The latest refusals by channels: asking again and again gets a bot's address banned. */
export type RecentRefusals = ReturnType<typeof createRecentRefusals>;

export function createRecentRefusals(clock: Clock) {
  const blockedUntil = new Map<string, number>();
  return {
    isBlocked: (channel: string, call: CallType): boolean =>
      (blockedUntil.get(`${call}:${channel}`) ?? 0) > clock.now(),
    block(channel: string, call: CallType): void {
      const key = `${call}:${channel}`;
      blockedUntil.delete(key);
      const oldest = blockedUntil.keys().next();
      if (blockedUntil.size >= MAX_REMEMBERED && !oldest.done) blockedUntil.delete(oldest.value);
      blockedUntil.set(key, clock.now() + BLOCK_MS);
    },
  };
}
