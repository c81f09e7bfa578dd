import type { Capabilities } from '../provider.ts';

/** aivideoapi's limits. Those that its description does not tell are Runway's, whose model this service sells on (a guess). */
export const CAPABILITIES: Capabilities = {
  sizes: [
    { width: 1280, height: 720 },
    { width: 720, height: 1280 },
  ],
  durations: [5, 10],
  maxSceneChars: 1000, // a guess
  minPollMs: 5_000, // a guess
  concurrency: 5, // a guess: the vendor publishes no limit
  paid: true,
  wordless: true, // by a call of its own
  endFrame: true,
  callbacks: true,
  local: false,
};
