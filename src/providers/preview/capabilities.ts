import { availableParallelism } from 'node:os';
import type { Capabilities } from '../provider.ts';

/** The limits of this machine: a render on each core at once. */
export const CAPABILITIES: Capabilities = {
  // Those that a service of ours has; of one orientation the first is the usual one.
  sizes: [
    { width: 1280, height: 720 },
    { width: 720, height: 1280 },
    { width: 1104, height: 832 },
    { width: 832, height: 1104 },
    { width: 960, height: 960 },
    { width: 1584, height: 672 },
  ],
  // A camera that moves in shows what lies between the pixels of a clip's size.
  oversample: 2,
  durations: [2, 3, 4, 5, 6, 7, 8, 9, 10],
  maxSceneChars: 1000,
  minPollMs: 250,
  concurrency: Math.max(1, availableParallelism()),
  paid: false,
  wordless: true, // its usual move
  lastFrame: true, // by a soft fade
  local: true,
};
