import type { Clock } from '../../src/util/clock.ts';

/** Time that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves time by so much, waking sleepers in order on the way; between two of them everything settles. */
  advance(ms: number): Promise<void>;
  /** Moves time from sleeper to sleeper until the condition holds. Throws once `withinMs` have passed in vain. */
  until(holds: () => boolean | Promise<boolean>, withinMs?: number): Promise<void>;
  /** So many wait for time to pass: what a process holds in memory. */
  sleeping(): number;
}

/** `settled`: resolves when nothing is under way but sleeping; time moves only then. */
export function manualClock(settled: () => Promise<void>, startMs = 1_700_000_000_000): ManualClock {
  let now = startMs;
  const sleepers = new Set<{ at: number; wake: () => void }>();

  async function step(latest: number): Promise<boolean> {
    await settled();
    let next: { at: number; wake: () => void } | undefined;
    for (const each of sleepers) if (!next || each.at < next.at) next = each;
    if (!next || next.at > latest) return false;
    now = Math.max(now, next.at);
    next.wake();
    return true;
  }

  return {
    now: () => now,
    sleeping: () => sleepers.size,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = {
          at: now + ms,
          wake: () => {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', sleeper.wake);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', sleeper.wake, { once: true });
      }),
    async advance(ms) {
      const end = now + ms;
      while (await step(end));
      now = end;
      await settled();
    },
    async until(holds, withinMs = 3_600_000) {
      const end = now + withinMs;
      await settled();
      while (!(await holds())) {
        if (!(await step(end))) throw new Error(`still not so after ${withinMs} ms`);
        await settled();
      }
    },
  };
}
