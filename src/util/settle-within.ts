import type { Clock } from './clock.ts';

/**
 * What the work comes to, or throws, within `ms`; undefined where it takes longer. It goes on then, and whoever began it
 * sees to how it ends.
 */
export function settleWithin<T>(work: Promise<T>, ms: number, clock: Clock): Promise<{ value: T } | undefined> {
  return new Promise((resolve, reject) => {
    const patience = new AbortController();
    // The work's own word first: a sleep that is cut short resolves at once.
    const end = (tell: () => void) => {
      tell();
      patience.abort();
    };
    work.then(
      (value) => end(() => resolve({ value })),
      (error: unknown) => end(() => reject(error)),
    );
    void clock.sleep(ms, patience.signal).then(() => resolve(undefined));
  });
}
