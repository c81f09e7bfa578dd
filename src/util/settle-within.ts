import type { Clock } from './clock.ts';

/**
 * The work's value or error within `ms`; undefined where it takes longer. The work goes on then, and the caller sees to
 * how it ends.
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
