import { expectFrom, type History, learn, nextLookMs } from '../../src/worker/pace.ts';
import { atMost, type Bench, median, type Result, told } from './bench.ts';
import { bestSchedule, withoutMinimum } from './pace/best.ts';
import { SHAPES, type Shape } from './pace/shapes.ts';
import { type Measured, MIN_MS, type Scene, simulate, simulateFixed } from './pace/simulate.ts';

const JOBS = 20_000;
/** Cold: the first 200 jobs of a hundred who begin without a history. */
const COLD = { starts: 100, jobs: JOBS / 100, unmeasured: 0 };
const WARM = { starts: 1, jobs: JOBS + 500, unmeasured: 500 };
const LOST = 0.01;

/** When to look at a job: lag and looks, beside a fixed poller's and beside the best schedule that there is. */
export const pace: Bench = async () => {
  const all = SHAPES.map((shape, k) => ofShape(shape, 1_000 * (k + 1)));
  const shortest = Math.min(...all.map(({ shortestMs }) => shortestMs));
  const minimum = {
    name: 'shortest interval of all',
    value: shortest,
    unit: 'ms',
    goal: `≥ ${MIN_MS}`,
    holds: shortest >= MIN_MS,
  };
  return [
    ...theory(),
    ...all.flatMap(({ results }) => results),
    minimum,
    atMost(1, 'expectFrom + nextLookMs, p50', costMs(), 'ms'),
  ];
};

/** Does the dynamic program that finds the best schedule agree with what is known of it without a minimum interval? */
function theory(): Result[] {
  const known = SHAPES.filter(({ period }) => period === 1).map((shape) => ({ shape, ...withoutMinimum(shape) }));
  return known.flatMap(({ shape: { name }, theory, found, steady }) => [
    name === 'lognormal'
      ? near(0.51, 0.005, `${name}: ½(∫√(f·S))² / steady poller's lag × calls`, theory / steady)
      : told(`${name}: ½(∫√(f·S))² / steady poller's lag × calls`, theory / steady, '×'),
    near(1, 0.03, `${name}: best schedule found without a minimum / that`, found / theory),
  ]);
}

function ofShape(shape: Shape, seed: number): { results: Result[]; shortestMs: number } {
  const scene = { shape, seed };
  const best = bestSchedule(shape, MIN_MS);
  const fixed = simulateFixed({ ...scene, ...WARM });
  const runs: Measured[] = [];
  const run = (extra: Omit<Scene, 'shape' | 'seed'>): Measured => {
    const measured = simulate({ ...scene, ...extra });
    runs.push(measured);
    return measured;
  };
  const against = (name: string, measured: Measured, goal: Result): Result[] => [
    atMost(round(fixed.lag / 1_000), `${shape.name}, ${name}: lag`, measured.lag / 1_000, 's'),
    atMost(round(fixed.calls), `${shape.name}, ${name}: looks`, measured.calls, ''),
    goal,
  ];
  const toFixed = (name: string, limit: number, measured: Measured): Result[] =>
    against(
      name,
      measured,
      atMost(limit, `${shape.name}, ${name}: lag × looks / fixed`, measured.product / fixed.product, '×'),
    );

  const called = (name: string, { lag, calls }: Measured): Result[] => [
    atMost(0.3, `${shape.name}, ${name}: lag`, lag / 1_000, 's'),
    atMost(2, `${shape.name}, ${name}: looks`, calls, ''),
  ];

  const warm = run(WARM);
  const mostlyCalled = run({ ...WARM, callbacks: { lost: LOST } });
  const results = [
    told(`${shape.name}, fixed 6 s ± 1.5 s: lag × looks`, fixed.product / 1_000, 's'),
    told(`${shape.name}, best schedule: lag`, best.lag / 1_000, 's'),
    told(`${shape.name}, best schedule: looks`, best.calls, ''),
    told(`${shape.name}, best schedule: lag × looks / fixed`, best.product / fixed.product, '×'),
    ...against('warm', warm, atMost(1.25, `${shape.name}, warm: lag × looks / best`, warm.product / best.product, '×')),
    ...toFixed('cold', 1.05, run(COLD)),
    ...toFixed('warm, progress', 0.35, run({ ...WARM, progress: true })),
    ...toFixed('cold, progress', 0.35, run({ ...COLD, progress: true })),
    ...called('warm, callbacks', run({ ...WARM, callbacks: { lost: 0 } })),
    ...called('cold, callbacks', run({ ...COLD, callbacks: { lost: 0 } })),
    told(`${shape.name}, warm, callbacks, 1 % lost: lag`, mostlyCalled.lag / 1_000, 's'),
    told(`${shape.name}, warm, callbacks, 1 % lost: looks`, mostlyCalled.calls, ''),
  ];
  return { results, shortestMs: Math.min(...runs.map(({ shortestMs }) => shortestMs)) };
}

/** What deciding once costs, with a full history. */
function costMs(): number {
  let history: History = [];
  for (let k = 0; k < 300; k++)
    history = learn(history, { loMs: 60_000 + 100 * k, hiMs: 65_000 + 100 * k, progress: 0.9 });
  const times = Array.from({ length: 500 }, () => {
    const before = performance.now();
    nextLookMs({ expected: expectFrom(history), elapsedMs: 0, minMs: MIN_MS, random: Math.random });
    return performance.now() - before;
  });
  return median(times);
}

function near(goal: number, tolerance: number, name: string, value: number): Result {
  const holds = Math.abs(value - goal) <= tolerance;
  return { name, value: Number(value.toPrecision(3)), unit: '×', goal: `${goal} ± ${tolerance}`, holds };
}

const round = (value: number): number => Number(value.toFixed(3));
