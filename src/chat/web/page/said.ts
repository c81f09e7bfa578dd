import type { Button } from './look.ts';

/** A sentence beside a clip, and what else may be pressed then. */
export interface Said {
  sentence: string;
  more: readonly Button[];
}

export const NOTHING_SAID: Said = { sentence: '', more: [] };
