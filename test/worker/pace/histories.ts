import { expectFrom, type History, learn, nextLookMs } from '../../../src/worker/pace.ts';
import { drawMs, type Shape, seeded } from '../../bench/pace/shapes.ts';

export const MIN_MS = 5_000;

/** What a look each `everyMs` would have learned; with progress where it is told truly. */
export function historyOf(shape: Shape, { jobs = 200, scale = 1, everyMs = MIN_MS, progress = false } = {}): History {
  const random = seeded(1);
  let history: History = [];
  for (let job = 0; job < jobs; job++) {
    const finishMs = scale * drawMs(shape, job, random);
    const hiMs = Math.ceil(finishMs / everyMs) * everyMs;
    const loMs = hiMs - everyMs;
    history = learn(history, { loMs, hiMs, progress: progress ? loMs / finishMs : undefined });
  }
  return history;
}

/** When a job that goes on and on is looked at. */
export function looks(history: History, { untilMs = 600_000, seed = 1, callbacks = false } = {}): number[] {
  const [expected, random] = [expectFrom(history), seeded(seed)];
  const at: number[] = [];
  for (let ms = 0; ms < untilMs; at.push(ms))
    ms += nextLookMs({ expected, elapsedMs: ms, minMs: MIN_MS, callbacks, random });
  return at;
}

/** How many looks fall between two instants. */
export const withDeadline = (at: number[], from: number, to: number): number =>
  at.filter((ms) => ms >= from && ms < to).length;
