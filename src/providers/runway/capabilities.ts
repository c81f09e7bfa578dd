import type { Capabilities } from '../provider.ts';

/** Runway's limits, by the vendor's description; where a model has others, its row says so. */
export const CAPABILITIES: Capabilities = {
  sizes: [
    { width: 1280, height: 720 },
    { width: 720, height: 1280 },
    { width: 1104, height: 832 },
    { width: 832, height: 1104 },
    { width: 960, height: 960 },
    { width: 1584, height: 672 },
  ],
  durations: [2, 3, 4, 5, 6, 7, 8, 9, 10],
  maxSceneChars: 1000, // UTF-16 units
  minPollMs: 5_000, // "should not expect updates more frequent than once every five seconds"
  concurrency: 2, // the vendor's first tier runs one or two; more would only wait there
  paid: true,
  ignoresMotion: true,
  local: false,
};
