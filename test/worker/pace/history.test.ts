import { describe, expect, it } from 'vitest';
import { MAX_JOBS } from '../../../src/worker/pace/history.ts';
import { type History, historySchema, learn } from '../../../src/worker/pace.ts';
import { LOGNORMAL, SHAPES } from '../../bench/pace/shapes.ts';
import { simulate, simulateFixed } from '../../bench/pace/simulate.ts';
import { historyOf, looks, MIN_MS, withDeadline } from './histories.ts';

describe('what is learned', () => {
  it('is bounded, and survives being written down', () => {
    const history = historyOf(LOGNORMAL, { jobs: 3 * MAX_JOBS });
    expect(history).toHaveLength(MAX_JOBS);
    expect(historySchema.parse(JSON.parse(JSON.stringify(history)))).toEqual(history);
    expect(JSON.stringify(history).length).toBeLessThan(16_384);
  });

  it('is nothing where it cannot be so', () => {
    for (const [loMs, hiMs] of [
      [5, 5],
      [9, 3],
      [-1, 5],
      [0, Number.NaN],
      [Number.NaN, 5],
      [0, Number.POSITIVE_INFINITY],
    ])
      expect(learn([], { loMs: loMs ?? 0, hiMs: hiMs ?? 0 })).toEqual([]);
    expect(learn([], { loMs: 1, hiMs: 5, progress: Number.NaN })).toEqual([{ loMs: 1, hiMs: 5 }]);
  });

  it('is that the job has just finished, where a callback said so', () => {
    expect(learn([], { loMs: 0, hiMs: 60_000, callback: true })).toEqual([{ loMs: 58_000, hiMs: 60_000 }]);
  });

  it('follows a provider that becomes faster than the first look, or slower', () => {
    const change = (scale: number): History =>
      [
        ...historyOf(LOGNORMAL),
        ...historyOf(LOGNORMAL, { jobs: 80, scale, everyMs: scale < 1 ? 40_000 : MIN_MS }),
      ].slice(-MAX_JOBS);
    expect(looks(change(0.4))[0]).toBeLessThan(28_000);
    const slow = looks(change(3));
    expect(withDeadline(slow, 200_000, 230_000)).toBeGreaterThanOrEqual(3);
  });

  it.each(SHAPES)('makes it better than a look each 6 s ± 1.5 s from the first 200 jobs on: $name', (shape) => {
    const scene = { shape, starts: 2, jobs: 200, unmeasured: 0, seed: 11 };
    const [ours, fixed] = [simulate(scene), simulateFixed(scene)];
    expect(ours.shortestMs).toBeGreaterThanOrEqual(MIN_MS);
    expect(ours.calls).toBeLessThan(fixed.calls);
    expect(ours.product).toBeLessThan(0.75 * fixed.product);
  });
});
