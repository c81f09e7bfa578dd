import { programOnPath } from './program-on-path.ts';

/** `CHROMIUM_PATH`, or the first Chromium on PATH. */
export const findChromium = (): string | undefined =>
  process.env.CHROMIUM_PATH || programOnPath(['chromium', 'chromium-browser', 'google-chrome']);
