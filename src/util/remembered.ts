import type { Clock } from './clock.ts';

/** Keys that are remembered for a while: so many at most, the oldest give way. */
export function createRemembered({ clock, forMs, max }: { clock: Clock; forMs: number; max: number }) {
  const until = new Map<string, number>();
  return {
    has: (key: string): boolean => (until.get(key) ?? 0) > clock.now(),
    add(key: string): void {
      until.delete(key);
      const oldest = until.keys().next();
      if (until.size >= max && !oldest.done) until.delete(oldest.value);
      until.set(key, clock.now() + forMs);
    },
    forget: (key: string): boolean => until.delete(key),
  };
}
