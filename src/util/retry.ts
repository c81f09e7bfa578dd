import { backoffMs } from './backoff.ts';
import type { Clock } from './clock.ts';

/** Whether to try again; `afterMs` is a wait that was told (Retry-After), in the back-off's stead. */
export type Again = boolean | { afterMs: number | undefined };

export interface RetryOptions<T> {
  clock: Clock;
  backoff?: { baseMs: number; maxMs: number };
  random?: () => number;
  /** Once it has aborted, the try under way is the last, and a wait ends at once. */
  signal?: AbortSignal;
  /** Asked of each value, `tries` made so far: without it each is the last. It may log, for a wait follows its yes. */
  when?: (value: T, tries: number) => Again;
  /** The same of each error that was thrown; without it each is thrown on. */
  whenThrown?: (error: unknown, tries: number) => Again;
}

const BACKOFF = { baseMs: 1_000, maxMs: 60_000 };

/** Tries at least once, and again as long as `when` or `whenThrown` says so; ends as the last try did. */
export async function retry<T>(attempt: () => Promise<T>, options: RetryOptions<T>): Promise<T> {
  const { clock, backoff = BACKOFF, random = Math.random, signal, when, whenThrown } = options;
  for (let tries = 1; ; tries++) {
    const { end, ask } = await attempt().then(
      (value) => ({ end: () => value, ask: () => when?.(value, tries) }),
      (error: unknown) => ({ end: () => Promise.reject(error), ask: () => whenThrown?.(error, tries) }),
    );
    const again = !signal?.aborted && ask();
    if (!again) return end();
    const toldMs = typeof again === 'object' ? again.afterMs : undefined;
    await clock.sleep(toldMs ?? backoffMs(tries - 1, backoff, random), signal);
    if (signal?.aborted) return end();
  }
}
