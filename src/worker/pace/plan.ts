import { binsBelow, EDGES_MS } from './durations.ts';

/**
 * In how many milliseconds to look at a job that has run for `elapsedMs`, so that the lag to be expected (from its
 * finish to the look that sees it) and the looks to be expected, at `lookMs` of lag each, cost least together.
 *
 * A longer wait costs the lag of the jobs that have ended since now. It saves what the time costs that is waited for,
 * looked at with the best density, √(f / (2·lookMs·S)), as far as the minimum lets. The look is due when the one
 * outweighs the other. Just following the density, without looking ahead, cost 5 to 9 % more lag × looks in
 * `npm run bench -- pace`; dynamic programming over all further looks was no better, at thrice the time.
 */
export function plan(
  mass: Float64Array,
  { elapsedMs, minMs, lookMs }: { elapsedMs: number; minMs: number; lookMs: number },
): number {
  const now = Math.round(binsBelow(elapsedMs));
  const total = mass.subarray(now).reduce((sum, value) => sum + value, 0);
  let before = 0;
  for (let k = now; k < mass.length; k++) {
    const inside = mass[k] ?? 0;
    const waitMs = (EDGES_MS[k] ?? 0) - elapsedMs;
    const widthMs = (EDGES_MS[k + 1] ?? 0) - (EDGES_MS[k] ?? 0);
    // In the middle of the bin; rounding may leave a trace below nothing.
    const ended = before + inside / 2;
    const running = Math.max(0, total - ended);
    const density = inside / widthMs;
    const gapMs = Math.max(minMs, Math.sqrt((2 * lookMs * running) / density));
    if (waitMs + widthMs >= minMs && ended >= (density * gapMs) / 2 + (lookMs * running) / gapMs) return waitMs;
    before += inside;
  }
  return minMs;
}
