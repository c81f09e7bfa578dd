import type { Store } from '../../src/store/store.ts';
import { DAY_MS } from '../counted-today.ts';

const HOUR_MS = 3_600_000;
const HOURS = 24;
const DAYS = 30;

/** An hour or a day (UTC), from `at` on: what became by now of the clips asked for in it, and credits. */
export interface Bucket {
  at: number;
  delivered: number;
  failed: number;
  credits: number;
}

/** The last 24 hours and 30 days, the oldest first; what is forgotten or deleted is not in it. Counts by indexes, a few at a time. */
export async function history({
  now,
  tasks,
  spend,
}: Pick<Store, 'now' | 'tasks' | 'spend'>): Promise<{ day: Bucket[]; month: Bucket[] }> {
  const at = now();
  async function buckets(stepMs: number, count: number): Promise<Bucket[]> {
    const last = at - (at % stepMs);
    const all: Bucket[] = [];
    for (let from = last - (count - 1) * stepMs; from <= last; from += stepMs) {
      const to = from + stepMs;
      const [delivered, failed, { credits }] = await Promise.all([
        tasks.recorded({ state: 'delivered', from, to }),
        tasks.recorded({ state: 'failed', from, to }),
        spend.between(from, to),
      ]);
      all.push({ at: from, delivered, failed, credits });
    }
    return all;
  }
  return { day: await buckets(HOUR_MS, HOURS), month: await buckets(DAY_MS, DAYS) };
}
