import { cumulated } from './durations.ts';
import { at, BINS, binOf, EDGES_MS } from './grid.ts';

/** Waits are tried in steps of this ratio. */
const FINER = 1.02;

/**
 * In how many milliseconds to look at a job that has run for `elapsedMs`, so that the lag to be expected (from its
 * finish to the look that sees it) and the looks to be expected, at `lookMs` of lag each, cost least together.
 *
 * The best density of looks is √(f / (2·lookMs·S)), as far as the minimum lets. What looking so costs from any instant
 * on is a sum; the next look is the one with the least lag until then plus that sum from then on. Just following the
 * density, without looking ahead, cost 5 to 9 % more lag × looks in `npm run bench -- pace`. Dynamic programming over all
 * further looks was no better, for twice the lines.
 */
export function plan(
  mass: Float64Array,
  { elapsedMs, minMs, lookMs }: { elapsedMs: number; minMs: number; lookMs: number },
): number {
  const below = cumulated(mass);
  const area = areaUnder(below);
  const cost = costFrom(mass, minMs, lookMs);
  const now = pointAt(elapsedMs);
  let waitMs = minMs;
  let least = Number.POSITIVE_INFINITY;
  for (let wait = minMs; elapsedMs + wait <= at(EDGES_MS, BINS); wait *= FINER) {
    const then = pointAt(elapsedMs + wait);
    const lag = then.area - now.area - now.below * wait;
    if (lag >= least) break;
    if (lag + then.cost < least) {
      least = lag + then.cost;
      waitMs = wait;
    }
  }
  return waitMs;

  /** The mass below an instant, the area under that, and the cost from there on; mass is even inside a bin. */
  function pointAt(ms: number): { below: number; area: number; cost: number } {
    const bin = binOf(ms);
    const into = Math.max(0, ms - at(EDGES_MS, bin));
    const part = into / (at(EDGES_MS, bin + 1) - at(EDGES_MS, bin));
    const inside = part * at(mass, bin);
    return {
      below: at(below, bin) + inside,
      area: at(area, bin) + into * (at(below, bin) + inside / 2),
      cost: at(cost, bin) + part * (at(cost, bin + 1) - at(cost, bin)),
    };
  }
}

function areaUnder(below: Float64Array): Float64Array {
  const area = new Float64Array(BINS + 1);
  for (let k = 0; k < BINS; k++)
    area[k + 1] = at(area, k) + ((at(EDGES_MS, k + 1) - at(EDGES_MS, k)) * (at(below, k) + at(below, k + 1))) / 2;
  return area;
}

/** What lag and looks cost from each edge on, looked at with the best density. */
function costFrom(mass: Float64Array, minMs: number, lookMs: number): Float64Array {
  const cost = new Float64Array(BINS + 1);
  let longer = 0;
  for (let k = BINS - 1; k >= 0; k--) {
    const width = at(EDGES_MS, k + 1) - at(EDGES_MS, k);
    const running = longer + at(mass, k) / 2;
    const gap = Math.max(minMs, Math.sqrt((2 * lookMs * running * width) / at(mass, k)));
    cost[k] = at(cost, k + 1) + (at(mass, k) * gap) / 2 + (lookMs * running * width) / gap;
    longer += at(mass, k);
  }
  return cost;
}
