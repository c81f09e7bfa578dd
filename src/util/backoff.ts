/**
 * How long to wait before try number `tries` + 1, in milliseconds: doubling from `baseMs` to `maxMs`, and anywhere in
 * the upper half of that, so that many waiters do not come back at the same moment.
 */
export function backoffMs(
  tries: number,
  { baseMs, maxMs }: { baseMs: number; maxMs: number },
  random: () => number,
): number {
  const full = Math.min(maxMs, baseMs * 2 ** Math.min(tries, 30));
  return Math.round(full / 2 + (full / 2) * random());
}
