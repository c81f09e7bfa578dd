import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { connectBrowser } from './browser.ts';
import { clipOf, scenery } from './scenery.ts';
import { type Files, startMockWeb } from './web-mock.ts';
import { openWebPage, type PageOptions, type PictureFile } from './web-page.ts';

/** The run's browser; each test gets a window and a stand-in server of its own, and leaves nothing behind. */
export function useStage() {
  let browser: Browser;
  let files: Files;
  const closing: (() => Promise<unknown>)[] = [];
  const problems: string[][] = [];

  beforeAll(async () => {
    const picture = await scenery(640, 480);
    [browser, files] = await Promise.all([
      connectBrowser(),
      clipOf(picture, { width: 320, height: 180 }).then((clip) => ({ picture, clip })),
    ]);
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    expect(problems.splice(0).flat()).toEqual([]);
  });

  async function open(
    options: PageOptions & Parameters<typeof startMockWeb>[1] & { setUp?: (mock: Mock) => void } = {},
  ) {
    const { about, left, pageSize, works, setUp, ...page } = options;
    const mock = await startMockWeb(files, {
      ...(about ? { about } : {}),
      ...(left ? { left } : {}),
      ...(pageSize ? { pageSize } : {}),
      ...(works ? { works } : {}),
    });
    closing.push(() => mock.stop());
    setUp?.(mock);
    // Nothing moves by itself where a test does not look at movement: a loaded machine has better things to draw.
    const web = await openWebPage(browser, mock.url, { reducedMotion: 'reduce', ...page });
    closing.push(() => web.close());
    problems.push(web.problems);
    return { mock, web };
  }

  return {
    open,
    /** A picture that is taken. */
    picture: (): PictureFile => ({ name: 'evening.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(files.picture) }),
  };
}

type Mock = Awaited<ReturnType<typeof startMockWeb>>;
