import { availableParallelism } from 'node:os';
import type { Capabilities } from '../provider.ts';

/** The limits of this machine: a render on each core at once. */
export const CAPABILITIES: Capabilities = {
  sizes: [
    { width: 1280, height: 720 },
    { width: 720, height: 1280 },
  ],
  durations: [5, 10],
  maxSceneChars: 1000,
  minPollMs: 250,
  concurrency: Math.max(1, availableParallelism()),
  paid: false,
  wordless: true, // its usual move
  local: true,
};
