import type { Connected } from '../chat/platform.ts';
import type { Clock } from '../util/clock.ts';
import { settleWithin } from '../util/settle-within.ts';

/** Hears of the platforms' first connections: `most` are expected, each perhaps late. */
export function createConnectedPlatforms(most: number) {
  const connected = new Map<string, Connected>();
  let tellLate = (_name: string, _how: Connected): void => {};
  let allAreThere = (): void => {};
  const all = new Promise<void>((resolve) => {
    allAreThere = resolve;
  });
  if (most === 0) allAreThere();
  return {
    /** By name, as far as there are. */
    connected,
    add(name: string, how: Connected): void {
      connected.set(name, how);
      tellLate(name, how);
      if (connected.size >= most) allAreThere();
    },
    /** Resolves once all are there, or after so long. */
    async within(ms: number, clock: Clock): Promise<void> {
      await settleWithin(all, ms, clock);
    },
    /** Hears of those that come from now on. */
    onLate(tell: typeof tellLate): void {
      tellLate = tell;
    },
  };
}
