import type { Clock } from './clock.ts';
import { makeRoom } from './make-room.ts';

/** Keys that are remembered for a while: so many at most, the oldest give way. */
export function createRemembered({ clock, forMs, max }: { clock: Clock; forMs: number; max: number }) {
  const until = new Map<string, number>();
  return {
    has: (key: string): boolean => (until.get(key) ?? 0) > clock.now(),
    add(key: string): void {
      until.delete(key);
      makeRoom(until, max);
      until.set(key, clock.now() + forMs);
    },
    forget: (key: string): boolean => until.delete(key),
  };
}
