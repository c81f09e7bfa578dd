import { at, BINS, bell, binOf, EDGES_MS, MIDDLES, position, scaled } from './grid.ts';
import type { History } from './history.ts';

/** What is believed before any job has finished: a lognormal of mean 76 s, so wide that 11 s to 270 s are 95 % of it. */
const PRIOR_MEDIAN_MS = 55_000;
const PRIOR_SPREAD = 0.8;
/** No duration is believed to be rarer than this beside the likeliest, so that none is beyond what numbers can tell. */
const RAREST = 1e-6;
/**
 * The prior counts like so many jobs. It never goes away: it is what a job beyond all experience is judged by. Twice as
 * much costs 2 to 5 % more lag × looks.
 */
const PRIOR_JOBS = 1;
/** Each job counts for so much of the next one; a drift of 0.1 % a job is followed within 1 % of standing still. */
const FORGET = 0.99;
/** Width of the bell around each job, in log-milliseconds, for one job; it narrows with the number of jobs. */
const BELL = 0.3;
const MIN_BELL = 0.08;
/** One round costs 3 % more lag × looks than three, and six save less than 2 %. */
const ROUNDS = 3;

/** The prior, as mass per bin. */
const prior = (): Float64Array =>
  scaled(
    MIDDLES.map((middle) => {
      const off = (middle - Math.log(PRIOR_MEDIAN_MS)) / PRIOR_SPREAD;
      return Math.max(RAREST, Math.exp(-(off ** 2) / 2));
    }),
  );

/** What a job counts, `age` jobs later. */
export const weight = (age: number): number => FORGET ** age;

/**
 * How likely each duration is, as mass per bin, adding up to 1 (less what reaches past the last bin): bells over
 * log-durations, so that any number of humps fits. A job is known only to have ended between two looks. So it is shared
 * out over the bins between them as the estimate so far has it, and the estimate made anew (smoothed
 * expectation-maximisation, Silverman et al. 1990).
 */
export function durations(history: History): Float64Array {
  const before = prior();
  const spans = history.map(({ loMs, hiMs }, k) => ({
    first: binOf(loMs),
    end: Math.max(binOf(loMs) + 1, Math.ceil(position(hiMs))),
    weight: weight(history.length - 1 - k),
  }));
  const jobs = spans.reduce((sum, span) => sum + span.weight, 0);
  if (jobs === 0) return before;
  const kernel = bell(Math.max(MIN_BELL, BELL * jobs ** -0.2));
  let mass = before;
  for (let round = 0; round < ROUNDS; round++) {
    const seen = smooth(shareOut(spans, mass), kernel);
    mass = before.map((value, k) => (at(seen, k) + PRIOR_JOBS * value) / (jobs + PRIOR_JOBS));
  }
  return mass;
}

/** The duration that so much of the mass lies below, in milliseconds. */
export function quantileMs(mass: Float64Array, share: number): number {
  const edge = cumulated(mass).findIndex((below) => below >= share);
  return at(EDGES_MS, edge < 0 ? BINS : edge);
}

/** Each span's weight, over its bins in proportion to `mass`. Takes as long as there are spans and bins, not their product. */
function shareOut(spans: { first: number; end: number; weight: number }[], mass: Float64Array): Float64Array {
  const below = cumulated(mass);
  const change = new Float64Array(BINS + 1);
  for (const { first, end, weight } of spans) {
    const rate = weight / (at(below, end) - at(below, first));
    change[first] = at(change, first) + rate;
    change[end] = at(change, end) - rate;
  }
  let rate = 0;
  return mass.map((value, k) => {
    rate += at(change, k);
    // Rounding may leave a trace below nothing.
    return Math.max(0, rate) * value;
  });
}

/** What lies below each edge. */
export function cumulated(mass: Float64Array): Float64Array {
  const below = new Float64Array(BINS + 1);
  for (let k = 0; k < BINS; k++) below[k + 1] = at(below, k) + at(mass, k);
  return below;
}

function smooth(mass: Float64Array, kernel: Float64Array): Float64Array {
  const half = (kernel.length - 1) / 2;
  const result = new Float64Array(BINS);
  for (let k = 0; k < BINS; k++) {
    const value = at(mass, k);
    if (value === 0) continue;
    for (let j = Math.max(0, k - half); j < Math.min(BINS, k + half + 1); j++)
      result[j] = at(result, j) + value * at(kernel, j - k + half);
  }
  return result;
}
