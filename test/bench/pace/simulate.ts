import { type Expected, expectFrom, type Finished, type History, learn, nextLookMs } from '../../../src/worker/pace.ts';
import type { Schedule } from './best.ts';
import { drawMs, type Shape, seeded } from './shapes.ts';

export const MIN_MS = 5_000;
const FIXED_MS = 6_000;
const FIXED_JITTER_MS = 1_500;
const PROGRESS_NOISE = 0.05;
const CALLBACK_MS = { min: 100, max: 200 };

export interface Scene {
  shape: Shape;
  /** Whether the provider tells progress, and calls back (all but the lost). */
  progress?: boolean;
  callbacks?: { lost: number };
  /** Times that somebody starts without a history, jobs each, and how many of them come before measuring. */
  starts: number;
  jobs: number;
  unmeasured: number;
  seed: number;
}

export interface Measured extends Schedule {
  /** Shortest wait before a look at the same job, in milliseconds. */
  shortestMs: number;
}

interface Seen extends Finished {
  calls: number;
  shortestMs: number;
}

/** Job after job, each learned from by what its looks saw; never by its true duration. */
export function simulate({ shape, starts, jobs, unmeasured, seed, ...told }: Scene): Measured {
  const random = seeded(seed);
  return measured(starts, jobs, unmeasured, (start) => {
    let history: History = [];
    // A start may fall anywhere into a drift.
    const first = Math.floor((start * shape.period) / starts);
    return (job) => {
      const finishMs = drawMs(shape, first + job, random);
      const seen = watch(finishMs, expectFrom(history), told, random);
      history = learn(history, seen);
      return { finishMs, seen };
    };
  });
}

/** The vendor's client on as many jobs of the shape: a look each 6 s ± 1.5 s. */
export function simulateFixed({ shape, starts, jobs, unmeasured, seed }: Scene): Measured {
  const random = seeded(seed);
  return measured(starts, jobs, unmeasured, (start) => (job) => {
    const finishMs = drawMs(shape, Math.floor((start * shape.period) / starts) + job, random);
    let calls = 0;
    let hiMs = 0;
    for (; hiMs < finishMs; calls++) hiMs += FIXED_MS + FIXED_JITTER_MS * (2 * random() - 1);
    return { finishMs, seen: { loMs: 0, hiMs, calls, shortestMs: FIXED_MS - FIXED_JITTER_MS } };
  });
}

/** One job, from its acceptance to the look that sees it finished. */
function watch(
  finishMs: number,
  expected: Expected,
  told: Pick<Scene, 'progress' | 'callbacks'>,
  random: () => number,
): Seen {
  const callbackMs =
    told.callbacks && random() >= told.callbacks.lost
      ? finishMs + CALLBACK_MS.min + (CALLBACK_MS.max - CALLBACK_MS.min) * random()
      : Number.POSITIVE_INFINITY;
  let progress: number | undefined;
  let lastProgress: number | undefined;
  let shortestMs = Number.POSITIVE_INFINITY;
  let loMs = 0;
  for (let calls = 1; ; calls++) {
    const waitMs = nextLookMs({
      expected,
      elapsedMs: loMs,
      progress,
      lastProgress,
      minMs: MIN_MS,
      callbacks: told.callbacks !== undefined,
      random,
    });
    // A callback makes the job due, but a look is too soon until the minimum has passed since the one before.
    const wokenMs = Math.max(callbackMs, calls === 1 ? 0 : loMs + MIN_MS);
    const hiMs = Math.min(loMs + waitMs, wokenMs);
    if (calls > 1) shortestMs = Math.min(shortestMs, hiMs - loMs);
    if (hiMs >= finishMs) return { loMs, hiMs, progress, callback: hiMs === wokenMs, calls, shortestMs };
    loMs = hiMs;
    lastProgress = progress;
    if (told.progress) progress = Math.min(1, Math.max(0, hiMs / finishMs + PROGRESS_NOISE * (2 * random() - 1)));
  }
}

function measured(
  starts: number,
  jobs: number,
  unmeasured: number,
  begin: (start: number) => (job: number) => { finishMs: number; seen: Seen },
): Measured {
  let [lag, calls, shortestMs] = [0, 0, Number.POSITIVE_INFINITY];
  for (let start = 0; start < starts; start++) {
    const next = begin(start);
    for (let job = 0; job < jobs; job++) {
      const { finishMs, seen } = next(job);
      shortestMs = Math.min(shortestMs, seen.shortestMs);
      if (job < unmeasured) continue;
      lag += seen.hiMs - finishMs;
      calls += seen.calls;
    }
  }
  const count = starts * (jobs - unmeasured);
  return { lag: lag / count, calls: calls / count, product: (lag / count) * (calls / count), shortestMs };
}
