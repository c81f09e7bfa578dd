import type { Clock } from '../../../util/clock.ts';
import { createRemembered } from '../../../util/remembered.ts';

/** Calls that a channel may refuse. */
const CALLS = ['send', 'edit', 'thread'] as const;
type CallType = (typeof CALLS)[number];

/** Short enough for a permission that has just been given to count soon. */
const BLOCK_MS = 60_000;
const MAX_REMEMBERED = 10_000;

/** The latest refusals by channels: asking again and again gets a bot's address banned. */
export type RecentRefusals = ReturnType<typeof createRecentRefusals>;

export function createRecentRefusals(clock: Clock) {
  const blocked = createRemembered({ clock, forMs: BLOCK_MS, max: MAX_REMEMBERED });
  return {
    isBlocked: (channel: string, call: CallType): boolean => blocked.has(`${call}:${channel}`),
    block: (channel: string, call: CallType): void => blocked.add(`${call}:${channel}`),
    /** Something shows that it lets the bot in again. */
    forget(channel: string): void {
      for (const call of CALLS) blocked.forget(`${call}:${channel}`);
    },
  };
}
