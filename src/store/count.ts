import type { SpendFilter, Sum } from './spend.ts';
import type { Whose } from './tasks.ts';

/** Whose clips are counted, as attempts and as tasks are searched by, and since which instants. */
export interface CountFor {
  spent: SpendFilter;
  waiting: Whose;
  since: number;
  /** What begins while it is counted began since then, whatever the clocks of other processes say. */
  lately: number;
}

/** What was spent, and what waits to be: asked in this order, or at one moment. */
export interface Count {
  /** Attempts that cost something, that instant included. */
  spent: Sum;
  /** Tasks that have cost nothing yet but will: `received` or `queued`. */
  waiting: Sum;
  /** No attempt was opened between the two, which could be in neither. */
  isSure: boolean;
}
