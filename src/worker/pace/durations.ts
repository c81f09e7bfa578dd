import type { History } from './history.ts';

/** Durations are counted in bins that each reach 2 % further than the last: as fine at 2 s as at 2 h. */
const STEP = 0.02;
const FIRST_MS = 250;
const LAST_MS = 6 * 60 * 60 * 1000;
const BINS = Math.ceil(Math.log(LAST_MS / FIRST_MS) / STEP);
/** Bin k reaches from edge k to edge k + 1. */
export const EDGES_MS = Float64Array.from({ length: BINS + 1 }, (_, k) => FIRST_MS * Math.exp(k * STEP));

/** How many bins lie below a duration, with fraction; the last bin has all longer ones. */
export const binsBelow = (ms: number): number => Math.min(BINS - 1, Math.log(Math.max(1, ms / FIRST_MS)) / STEP);

/**
 * A job that ended before its first look is taken to have run for this share of the time, as that look comes at the
 * earliest plausible finish. 0 costs 6 to 8 % more lag × looks; at 0.7 a provider that becomes faster is not followed.
 */
const EARLIEST = 0.6;
/** Each job counts for so much of the next one; a drift of 0.1 % a job is followed within 1 % of standing still. */
const FORGET = 0.99;
/** Width of the bell around each job, in log-milliseconds, for one job; it narrows with the number of jobs. */
const BELL = 0.3;
const MIN_BELL = 0.08;
/**
 * The belief before any job has finished: one job, whose bell is so wide that 11 s to 270 s are 95 % of it. It
 * never goes away: a job beyond all experience is judged by it. Counting it twice costs up to 4 % more lag × looks.
 */
const PRIOR = bells([{ loMs: 55_000, hiMs: 55_000 }], 0.8);

/**
 * How likely each duration is, as mass per bin, about 1 for each job: bells over log-durations, so that any number of
 * humps fits. A job is known only to have ended between two looks, and is spread evenly over the bins between them. (As
 * the estimate so far has it, by expectation-maximisation, made lag × looks no better.)
 */
export function durations(history: History): Float64Array {
  const jobs = (1 - FORGET ** history.length) / (1 - FORGET);
  const seen = bells(history, Math.max(MIN_BELL, BELL * jobs ** -0.2));
  return PRIOR.map((value, k) => value + (seen[k] ?? 0));
}

/** The duration that so much of the mass lies below, in milliseconds. */
export function quantileMs(mass: Float64Array, share: number): number {
  let above = mass.reduce((sum, value) => sum + value, 0) * (1 - share);
  const bin = mass.findLastIndex((value) => {
    above -= value;
    return above < 0;
  });
  return EDGES_MS[bin + 1] ?? LAST_MS;
}

/** The weight of each job, spread over the bins around it; `width` is the standard deviation in log-milliseconds. */
function bells(history: History, width: number): Float64Array {
  let mass = new Float64Array(BINS);
  for (const [k, { loMs, hiMs }] of history.entries()) {
    const first = Math.floor(binsBelow(Math.max(loMs, EARLIEST * hiMs)));
    const end = Math.floor(binsBelow(hiMs)) + 1;
    const each = FORGET ** (history.length - 1 - k) / (end - first);
    for (let bin = first; bin < end; bin++) mass[bin] = (mass[bin] ?? 0) + each;
  }
  // Exponential smoothing, twice from each side.
  const share = 2 / (1 + Math.sqrt(1 + (width / STEP) ** 2));
  for (let pass = 0; pass < 4; pass++) {
    let before = 0;
    mass = mass.map((value) => {
      before += share * (value - before);
      return before;
    });
    mass.reverse();
  }
  return mass;
}
