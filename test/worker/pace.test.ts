import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectFrom, type History, learn, nextLookMs } from '../../src/worker/pace.ts';
import { drawMs, LOGNORMAL, seeded, TWO_HUMPS } from '../bench/pace/shapes.ts';
import { historyOf, looks, MIN_MS, withDeadline } from './pace/histories.ts';

const warm = expectFrom(historyOf(LOGNORMAL, { progress: true }));
const waitMs = (elapsedMs: number, progress?: number, lastProgress?: number): number =>
  nextLookMs({ expected: warm, elapsedMs, progress, lastProgress, minMs: MIN_MS, random: () => 0 });

describe('when to look at a job', () => {
  it('is never sooner than the provider allows and always a number, whatever was learned and told', () => {
    const anyFinished = fc.oneof(
      fc.record({ loMs: fc.double(), hiMs: fc.double(), progress: fc.double() }),
      fc
        .tuple(fc.nat(1e9), fc.oneof(fc.nat(1e4), fc.nat(1e9)))
        .map(([loMs, spanMs]) => ({ loMs, hiMs: loMs + spanMs, progress: 0.5 })),
    );
    const anyLook = fc.record({
      elapsedMs: fc.oneof(fc.double(), fc.double({ min: 0, max: 1e8, noNaN: true })),
      progress: fc.option(fc.oneof(fc.double(), fc.double({ min: 0, max: 1 })), { nil: undefined }),
      lastProgress: fc.option(fc.double(), { nil: undefined }),
      minMs: fc.integer({ min: 100, max: 60_000 }),
      callbacks: fc.boolean(),
      chance: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(anyFinished, { maxLength: 20 }), anyLook, (jobs, { chance, ...look }) => {
        const history = jobs.reduce<History>(learn, []);
        const wait = nextLookMs({ ...look, expected: expectFrom(history), random: () => chance });
        expect(wait).toBeGreaterThanOrEqual(look.minMs);
        expect(wait).toBeLessThanOrEqual(5 * 60_000 * 1.05 + 1);
      }),
      { numRuns: 300 },
    );
  });

  it('starts at the earliest plausible finish, is densest where finishing is likeliest and sparse in the tail', () => {
    const at = looks(historyOf(LOGNORMAL));
    expect(at[0]).toBeGreaterThan(30_000);
    expect(withDeadline(at, 60_000, 90_000)).toBeGreaterThanOrEqual(5);
    expect(withDeadline(at, 400_000, 430_000)).toBeLessThanOrEqual(2);
  });

  it('knows two humps, and hardly looks between them', () => {
    const at = looks(historyOf(TWO_HUMPS));
    expect(withDeadline(at, 20_000, 45_000)).toBeGreaterThanOrEqual(4);
    expect(withDeadline(at, 60_000, 110_000)).toBeLessThanOrEqual(3);
    expect(withDeadline(at, 150_000, 210_000)).toBeGreaterThanOrEqual(6);
  });

  it('looks ever more rarely at a job that is late', () => {
    const { lateMs } = warm;
    expect(lateMs).toBeGreaterThan(150_000);
    expect(lateMs).toBeLessThan(600_000);
    const at = looks(historyOf(LOGNORMAL), { untilMs: 7_200_000 });
    expect(at.length).toBeLessThan(150);
    expect(waitMs(3_600_000)).toBeGreaterThanOrEqual(144_000);
  });

  it('is the same for the same chances, and differs between jobs accepted together', () => {
    const history = historyOf(LOGNORMAL);
    expect(looks(history, { seed: 3 })).toEqual(looks(history, { seed: 3 }));
    expect(looks(history, { seed: 3 })[0]).not.toBe(looks(history, { seed: 4 })[0]);
  });

  it('leaves the looking to callbacks where there are some, but not for ever', () => {
    const at = looks(historyOf(LOGNORMAL), { callbacks: true });
    expect(at[0]).toBeGreaterThan(80_000);
    expect(at.length).toBeGreaterThan(3);
  });
});

describe('progress', () => {
  it('tells when it will be finished', () => {
    expect(50_000 + waitMs(50_000, 0.5)).toBeGreaterThan(85_000);
    expect(50_000 + waitMs(50_000, 0.5)).toBeLessThan(105_000);
    expect(waitMs(50_000, 0.95)).toBeLessThan(6_000);
  });

  it.each([Number.NaN, 0, -1, Number.NEGATIVE_INFINITY])('of %d says nothing', (progress) => {
    expect(waitMs(50_000, progress)).toBe(waitMs(50_000));
  });

  it('that stands still says nothing', () => {
    expect(waitMs(100_000, 0.5, 0.5)).toBe(waitMs(100_000));
    expect(waitMs(60_000, 0.5, 0.4)).toBeGreaterThan(2 * waitMs(60_000, 0.5, 0.5));
  });

  const LIARS: Record<string, (part: number, random: () => number) => number> = {
    'stuck at 0.99': () => 0.99,
    'at random': (_, random) => random(),
    falling: (part) => 1 - part,
    'half as fast as it should be': (part) => part / 2,
    'twice as fast': (part) => Math.min(1, 2 * part),
  };
  it.each(Object.entries(LIARS))('%s is soon distrusted, and costs fewer looks than a look each 6 s', (_, tell) => {
    const random = seeded(5);
    let history: History = [];
    let [calls, fixed, lag] = [0, 0, 0];
    for (let job = 0; job < 150; job++) {
      const finish = drawMs(LOGNORMAL, job, random);
      const expected = expectFrom(history);
      let [loMs, hiMs] = [0, 0];
      let progress: number | undefined;
      let lastProgress: number | undefined;
      for (;;) {
        hiMs = loMs + nextLookMs({ expected, elapsedMs: loMs, progress, lastProgress, minMs: MIN_MS, random });
        calls++;
        if (hiMs >= finish) break;
        [loMs, lastProgress, progress] = [hiMs, progress, tell(hiMs / finish, random)];
      }
      history = learn(history, { loMs, hiMs, progress });
      lag += (hiMs - finish) / 150;
      fixed += finish / 6_000 + 0.5;
    }
    expect(calls).toBeLessThan(0.8 * fixed);
    expect(lag).toBeLessThan(3_500);
  });
});
