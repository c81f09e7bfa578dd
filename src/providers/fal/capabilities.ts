import type { Capabilities } from '../provider.ts';

/** fal's limits; where a model has others, its row says so. */
export const CAPABILITIES: Capabilities = {
  sizes: [
    { width: 1280, height: 720 },
    { width: 720, height: 1280 },
    { width: 960, height: 960 },
  ],
  durations: [5, 10],
  maxSceneChars: 1000, // a guess: the models' descriptions name no limit that is lower
  minPollMs: 2_000, // the vendor's own client looks every half second
  concurrency: 4, // more would wait there: how many run at once belongs to the account
  paid: true,
  ignoresMotion: true,
  callbacks: true,
  local: false,
};
