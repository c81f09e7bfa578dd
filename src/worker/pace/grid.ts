/** Durations are counted in bins that each reach 5 % further than the last: as fine at 2 s as at 2 h. (3 % does no better.) */
const STEP = 0.05;
const FIRST_MS = 250;
const LAST_MS = 6 * 60 * 60 * 1000;

export const BINS = Math.ceil(Math.log(LAST_MS / FIRST_MS) / STEP);
/** Bin k reaches from edge k to edge k + 1. */
export const EDGES_MS = Float64Array.from({ length: BINS + 1 }, (_, k) => FIRST_MS * Math.exp(k * STEP));
/** The middle of each bin, in log-milliseconds. */
export const MIDDLES = Float64Array.from({ length: BINS }, (_, k) => Math.log(FIRST_MS) + (k + 0.5) * STEP);

/** How many bins lie below a duration, with fraction. */
export function position(ms: number): number {
  return ms <= FIRST_MS ? 0 : Math.min(BINS, Math.log(ms / FIRST_MS) / STEP);
}

/** The bin that a duration falls into. */
export const binOf = (ms: number): number => Math.min(BINS - 1, Math.floor(position(ms)));

export const at = (values: Float64Array, k: number): number => values[k] ?? 0;

/** A bell of area 1 over bins, `spread` its standard deviation in log-milliseconds. */
export function bell(spread: number): Float64Array {
  const half = Math.ceil((3 * spread) / STEP);
  return scaled(
    Float64Array.from({ length: 2 * half + 1 }, (_, k) => Math.exp(-(((k - half) * STEP) ** 2) / (2 * spread ** 2))),
  );
}

/** The same values, made to add up to 1. */
export function scaled(values: Float64Array): Float64Array {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => value / sum);
}
