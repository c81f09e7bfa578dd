import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';

/** There is no browser: suites that need one are skipped, as was said before the run. */
export const noBrowser = inject('browserUrl') === undefined;

/** The run's browser. Closing it closes the windows that were opened through it, and leaves it to the others. */
export async function connectBrowser(): Promise<Browser> {
  return chromium.connect(inject('browserUrl') ?? 'ws://nowhere.invalid/');
}
