import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type RunningBot, startBot } from './bot.ts';
import { connectBrowser } from './browser.ts';
import { scenery } from './scenery.ts';
import { openWebPage, type PageOptions, type PictureFile } from './web-page.ts';

/** A render of five seconds of clip on a busy machine. */
export const DONE_MS = 120_000;

/** The unmodified program, and the run's browser: a program and windows of its own for each test. */
export function useProgramInBrowser() {
  let browser: Browser;
  let picture: PictureFile;
  let dir: string;
  let bot: RunningBot;
  beforeAll(async () => {
    browser = await connectBrowser();
    picture = { name: 'evening.jpg', mimeType: 'image/jpeg', buffer: await scenery(1600, 1200) };
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kinora-browser-'));
    bot = await startBot({ DATA_DIR: dir });
  });
  afterEach(async () => {
    await bot.stop('SIGKILL');
    await rm(dir, { recursive: true, force: true });
  });

  return {
    picture: () => picture,
    open: (options?: PageOptions) => openWebPage(browser, bot.url, options),
    kill: () => bot.stop('SIGKILL'),
    /** At the address that it had. */
    async startAgain(): Promise<void> {
      bot = await startBot({ DATA_DIR: dir, PORT: String(bot.port) });
    },
  };
}
