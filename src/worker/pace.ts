import { durations, EDGES_MS, quantileMs } from './pace/durations.ts';
import type { History } from './pace/history.ts';
import { plan } from './pace/plan.ts';

export { type Finished, type History, historySchema, learn } from './pace/history.ts';

/** A look is worth so much lag. At 400, two humps are seen 3.3 s late on average; a look each 6 s ± 1.5 s: 3.1 s. */
const LOOK_MS = 250;
/**
 * Of callbacks, so many never come, and for these jobs alone we look. At 0.005 the mean lag is above 0.3 s: a callback
 * just after a look waits for the minimum interval.
 */
const LOST_CALLBACKS = 0.0015;
/** Waits are lengthened by up to this share, so that jobs accepted together are not looked at together. Costs 1 %. */
const JITTER = 0.05;
const MAX_WAIT_MS = 5 * 60 * 1000;

/** Progress is taken to be off by so much (standard deviation), or else, with the chance `doubt`, to mean nothing. */
const PROGRESS_OFF = 0.05;
/** Progress that was off by more than this near the end meant nothing. */
const PROGRESS_WRONG = 3 * PROGRESS_OFF;
/** Doubt follows so many of the last jobs, and begins as though one of five had been wrong. */
const JUDGED_JOBS = 100;
const FIRST_DOUBT = { jobs: 5, wrong: 1 };

/** A job is late past three times what 95 % of jobs take (cold: 10 min; warm, mean 75 s: 6 min), two minutes at least. */
const LATE_RATIO = 3;
const LATE_SHARE = 0.95;
const MIN_LATE_MS = 2 * 60 * 1000;
/** From then on a wait is at least this share of the time the job has taken. */
const LATE_WAIT = 0.04;

/** The expectations of jobs of one kind. */
export interface Expected {
  /** How likely each duration is; see `pace/durations.ts`. */
  mass: Float64Array;
  /** How likely progress means nothing, 0 to 1. */
  doubt: number;
  /** The soft deadline, in milliseconds from acceptance: the person is told, and looks become rare. */
  lateMs: number;
}

/** The expectations that a history gives; an empty one will do. */
export function expectFrom(history: History): Expected {
  const mass = durations(history);
  return { mass, doubt: doubtFrom(history), lateMs: Math.max(MIN_LATE_MS, LATE_RATIO * quantileMs(mass, LATE_SHARE)) };
}

export interface Look {
  expected: Expected;
  /** Since the provider accepted the job. */
  elapsedMs: number;
  /** The provider's word just now, 0 to 1, and at the look before. */
  progress?: number;
  lastProgress?: number;
  /** The provider's minimum interval. */
  minMs: number;
  /** The provider was asked to call back, so that looking is for callbacks that are lost. */
  callbacks?: boolean;
  random: () => number;
}

/** In how many milliseconds to look at a job (again): `minMs` at least, at most 5 % more than five minutes. */
export function nextLookMs({ expected, elapsedMs, progress, lastProgress, minMs, callbacks, random }: Look): number {
  const elapsed = Number.isFinite(elapsedMs) ? Math.max(0, elapsedMs) : 0;
  // The very same number again is a bar that is stuck; 0 is a job that has not begun.
  const telling = progress !== undefined && progress > 0 && progress !== lastProgress;
  const mass = telling ? withProgress(expected, elapsed, Math.min(1, progress)) : expected.mass;
  const planned = plan(mass, { elapsedMs: elapsed, minMs, lookMs: callbacks ? LOOK_MS / LOST_CALLBACKS : LOOK_MS });
  const unhurried = elapsed < expected.lateMs ? planned : Math.max(planned, LATE_WAIT * elapsed);
  const wait = Math.max(minMs, Math.min(MAX_WAIT_MS, unhurried));
  return Math.ceil(wait * (1 + JITTER * random()));
}

/** Durations as likely as they are now that this progress was told (Bayes; not made to add up to 1 again). */
function withProgress({ mass, doubt }: Expected, elapsedMs: number, progress: number): Float64Array {
  const height = (1 - doubt) / (PROGRESS_OFF * Math.sqrt(2 * Math.PI));
  return mass.map((value, k) => {
    const off = (progress - elapsedMs / (EDGES_MS[k] ?? 0)) / PROGRESS_OFF;
    return value * (height * Math.exp(-(off ** 2) / 2) + doubt);
  });
}

/** Progress is judged by the last look before the finish, the finish taken to be halfway to the look that saw it. */
function doubtFrom(history: History): number {
  const told = history.slice(-JUDGED_JOBS).filter(({ loMs, progress }) => loMs > 0 && progress !== undefined);
  const wrong = told.filter(
    ({ loMs, hiMs, progress = 0 }) => Math.abs(progress - loMs / ((loMs + hiMs) / 2)) > PROGRESS_WRONG,
  );
  return (FIRST_DOUBT.wrong + wrong.length) / (FIRST_DOUBT.jobs + told.length);
}
