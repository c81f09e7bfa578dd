import { keyName } from '../../src/providers/http/key-ring.ts';
import type { Job } from './jobs.ts';

/** What a stand-in saw and charged. Keys by their names. */
export interface Report {
  accepted: Job[];
  /** Credits taken and not given back, and credits left, by key. */
  charged: Record<string, number>;
  left: Record<string, number>;
  calls: Record<string, number>;
  /** Calls that were wrong, and what was wrong with them. */
  refused: { route: string; status: number; why: string }[];
  callbacks: { job: string; status: number }[];
  cancelled: string[];
}

/** What the doubles share: credits by key, the report and faults. */
export interface Books {
  report: Report;
  credits: Map<string, number>;
  /** Takes credits, or says that there are not enough. */
  charge(key: string, credits: number): boolean;
  refund(key: string, credits: number): void;
}

export function createBooks(keys: Record<string, number>): Books {
  const credits = new Map(Object.entries(keys));
  const report: Report = {
    ...{ accepted: [], charged: {}, left: {}, calls: {} },
    refused: [],
    callbacks: [],
    cancelled: [],
  };
  const move = (key: string, by: number) => {
    credits.set(key, (credits.get(key) ?? 0) - by);
    report.charged[keyName(key)] = (report.charged[keyName(key)] ?? 0) + by;
  };
  return {
    report,
    credits,
    charge(key, wanted) {
      if ((credits.get(key) ?? 0) < wanted) return false;
      move(key, wanted);
      return true;
    },
    refund: (key, back) => move(key, -back),
  };
}
