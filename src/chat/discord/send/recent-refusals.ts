import type { Clock } from '../../../util/clock.ts';

/** What a channel may refuse. */
export type Deed = 'send' | 'edit' | 'thread';

/** Short enough that nobody who has just given a permission waits for long. */
const SHUT_MS = 60_000;
const MAX_REMEMBERED = 10_000;

/** Which channels refused what lately: asking again and again is what gets a bot's address banned. */
export interface Doors {
  isShut(channel: string, deed: Deed): boolean;
  shut(channel: string, deed: Deed): void;
}

export function createDoors(clock: Clock): Doors {
  const shutUntil = new Map<string, number>();
  return {
    isShut: (channel, deed) => (shutUntil.get(`${deed}:${channel}`) ?? 0) > clock.now(),
    shut(channel, deed) {
      const key = `${deed}:${channel}`;
      shutUntil.delete(key);
      const oldest = shutUntil.keys().next();
      if (shutUntil.size >= MAX_REMEMBERED && !oldest.done) shutUntil.delete(oldest.value);
      shutUntil.set(key, clock.now() + SHUT_MS);
    },
  };
}
