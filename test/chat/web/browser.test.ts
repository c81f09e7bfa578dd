import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RunningBot, startBot } from '../../helpers/bot.ts';
import { connectBrowser, noBrowser } from '../../helpers/browser.ts';
import { scenery } from '../../helpers/scenery.ts';
import { openWebPage, PHONE, type PictureFile } from '../../helpers/web-page.ts';
import { keyboard, pointer, story } from '../../helpers/web-story.ts';

/** A render of five seconds of clip on a busy machine. */
const DONE_MS = 60_000;

describe.skipIf(noBrowser)('the real program in a real browser', () => {
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

  test.each([
    ['by mouse', {}, (web: Parameters<typeof pointer>[0]) => pointer(web)],
    ['by keyboard alone', {}, keyboard],
    ['on a telephone', PHONE, (web: Parameters<typeof pointer>[0]) => pointer(web, { touch: true })],
  ] as const)(
    'the whole story %s',
    async (_how, options, hand) => {
      const web = await openWebPage(browser, bot.url, options);
      await story(web, hand(web), { picture, doneMs: DONE_MS });
      expect(await web.axe()).toEqual([]);
      expect(await web.overflow()).toBe(0);
      expect(web.problems).toEqual([]);
      await web.close();
    },
    240_000,
  );

  test('two windows see the same, and a reload and a kill in the middle of a render are ridden out', async () => {
    const web = await openWebPage(browser, bot.url);
    const other = await web.another();
    await web.choose(picture);
    await web.preview.waitFor();
    await web.scene.fill('Pan slowly to the left');
    await web.send.click();
    for (const window of [web, other])
      await window
        .card('Pan slowly')
        .getByText(/Rendering \d+ %/)
        .waitFor({ timeout: DONE_MS });
    await web.reload();
    await web.card('Pan slowly').waitFor();

    const { port } = bot;
    await bot.stop('SIGKILL');
    for (const window of [web, other]) await window.connection.waitFor({ state: 'visible', timeout: DONE_MS });
    bot = await startBot({ DATA_DIR: dir, PORT: String(port) });
    for (const window of [web, other]) {
      await window.clip(window.card('Pan slowly')).waitFor({ timeout: DONE_MS });
      await window.connection.waitFor({ state: 'hidden', timeout: DONE_MS });
      expect(await window.cards.count()).toBe(1);
      expect(window.problems.filter((problem) => !problem.includes('ERR_'))).toEqual([]);
    }
    await web.close();
  }, 240_000);
});
