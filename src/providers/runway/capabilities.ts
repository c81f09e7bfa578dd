import type { Capabilities } from '../provider.ts';

/** Runway's limits, by the vendor's description. */
export const CAPABILITIES: Capabilities = {
  sizes: [
    { width: 1280, height: 720 },
    { width: 720, height: 1280 },
  ],
  durations: [5, 10],
  maxSceneChars: 1000, // UTF-16 units
  minPollMs: 5_000, // "should not expect updates more frequent than once every five seconds"
  concurrency: 2, // the vendor's first tier runs one or two; more would only wait there
  paid: true,
  ignoresMotion: true,
  local: false,
};
