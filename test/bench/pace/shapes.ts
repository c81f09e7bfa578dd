/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Hump {
  medianMs: number;
  sigma: number;
}

/** How long jobs take. */
export interface Shape {
  name: string;
  /** Equally likely humps, each a lognormal, as they are for job number `job`. */
  humps(job: number): Hump[];
  /** After so many jobs it is as at first; 1 where it does not change. */
  period: number;
}

const MEAN_MS = 75_000;
const SIGMA = 0.3;
const DRIFT = 0.4;
const DRIFT_JOBS = 2_000;

const median = (meanMs: number): number => meanMs * Math.exp(-(SIGMA ** 2) / 2);

export const LOGNORMAL: Shape = {
  name: 'lognormal',
  period: 1,
  humps: () => [{ medianMs: median(MEAN_MS), sigma: SIGMA }],
};

export const TWO_HUMPS: Shape = {
  name: 'two humps',
  period: 1,
  humps: () => [
    { medianMs: 30_000, sigma: 0.2 },
    { medianMs: 180_000, sigma: 0.2 },
  ],
};

export const DRIFTING: Shape = {
  name: 'drifting',
  period: DRIFT_JOBS,
  humps: (job) => [
    { medianMs: median(MEAN_MS * (1 + DRIFT * Math.sin((2 * Math.PI * job) / DRIFT_JOBS))), sigma: SIGMA },
  ],
};

export const SHAPES = [LOGNORMAL, TWO_HUMPS, DRIFTING];

export function drawMs(shape: Shape, job: number, random: () => number): number {
  const humps = shape.humps(job);
  const hump = humps[Math.floor(random() * humps.length)];
  if (!hump) throw new Error('a shape has a hump');
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return hump.medianMs * Math.exp(hump.sigma * normal);
}

/** The share of jobs that take at most `ms`. */
export function shareBelow(shape: Shape, job: number, ms: number): number {
  if (ms <= 0) return 0;
  const shares = shape.humps(job).map(({ medianMs, sigma }) => standardNormal(Math.log(ms / medianMs) / sigma));
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** Abramowitz and Stegun 7.1.26: off by less than 1e-7. */
function standardNormal(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const erf = 1 - series * Math.exp(-x * x);
  return z < 0 ? (1 - erf) / 2 : (1 + erf) / 2;
}
