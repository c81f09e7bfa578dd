import { type Shape, shareBelow } from './shapes.ts';

const END_MS = 600_000;
/** No schedule worth having waits longer between two looks; the two humps are 100 s apart. */
const MAX_GAP_MS = 150_000;
/** Instants of a drift that stand for all. */
const PHASES = 20;

export interface Schedule {
  /** Expected, in milliseconds. */
  lag: number;
  calls: number;
  product: number;
}

interface Grid {
  stepMs: number;
  /** Share finished by each instant, and the area under it. */
  below: Float64Array;
  area: Float64Array;
}

/**
 * The least lag × calls that any schedule has which knows the distribution (and, of one that drifts, where it is):
 * the schedules of least lag + price × calls, over all prices, hold the one of least product.
 */
export function bestSchedule(shape: Shape, minMs: number): Schedule {
  const stepMs = 500;
  const count = shape.period === 1 ? 1 : PHASES;
  const grids = Array.from({ length: count }, (_, k) => gridOf(shape, (k * shape.period) / count, stepMs));
  const prices = Array.from({ length: 24 }, (_, k) => 150 * 1.12 ** k);
  const schedules = prices.map((price) => mean(grids.map((grid) => cheapest(grid, minMs, price))));
  return schedules.reduce((best, each) => (each.product < best.product ? each : best));
}

/** What the theory has without a minimum interval, ½(∫√(f·S) dt)², and what the dynamic program finds then, in ms. */
export function withoutMinimum(shape: Shape): { theory: number; found: number; steady: number } {
  const grid = gridOf(shape, 0, 250);
  let root = 0;
  let meanMs = 0;
  for (let k = 1; k < grid.below.length; k++) {
    const share = at(grid.below, k) - at(grid.below, k - 1);
    const survival = 1 - (at(grid.below, k) + at(grid.below, k - 1)) / 2;
    root += Math.sqrt(Math.max(0, share * survival * grid.stepMs));
    meanMs += survival * grid.stepMs;
  }
  // A steady poller with interval g has lag g / 2 and mean / g calls, whatever g.
  return { theory: root ** 2 / 2, found: cheapest(grid, grid.stepMs, 100).product, steady: meanMs / 2 };
}

function gridOf(shape: Shape, job: number, stepMs: number): Grid {
  const below = Float64Array.from({ length: END_MS / stepMs + 1 }, (_, k) => shareBelow(shape, job, k * stepMs));
  const area = new Float64Array(below.length);
  for (let k = 1; k < below.length; k++) area[k] = at(area, k - 1) + (stepMs * (at(below, k) + at(below, k - 1))) / 2;
  return { stepMs, below, area };
}

/** The schedule of least lag + price × calls, by dynamic programming backwards over every instant of the grid. */
function cheapest({ stepMs, below, area }: Grid, minMs: number, price: number): Schedule {
  const cost = new Float64Array(below.length);
  const lag = new Float64Array(below.length);
  const calls = new Float64Array(below.length);
  const soonest = Math.ceil(minMs / stepMs);
  for (let k = below.length - 1 - soonest; k >= 0; k--) {
    const lagAt = (j: number): number => at(area, j) - at(area, k) - at(below, k) * (j - k) * stepMs;
    const end = k === 0 ? below.length : Math.min(below.length, k + MAX_GAP_MS / stepMs);
    let next = k + soonest;
    for (let j = next + 1; j < end; j++) if (lagAt(j) + at(cost, j) < lagAt(next) + at(cost, next)) next = j;
    const running = 1 - at(below, k);
    cost[k] = lagAt(next) + at(cost, next) + price * running;
    lag[k] = lagAt(next) + at(lag, next);
    calls[k] = running + at(calls, next);
  }
  return { lag: at(lag, 0), calls: at(calls, 0), product: at(lag, 0) * at(calls, 0) };
}

function mean(schedules: Schedule[]): Schedule {
  const lag = schedules.reduce((sum, each) => sum + each.lag, 0) / schedules.length;
  const calls = schedules.reduce((sum, each) => sum + each.calls, 0) / schedules.length;
  return { lag, calls, product: lag * calls };
}

const at = (values: Float64Array, k: number): number => values[k] ?? 0;
