import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messagesFor } from '../../../src/messages/messages.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { type RunningBot, startBot } from '../../helpers/bot.ts';
import { connectBrowser, noBrowser } from '../../helpers/browser.ts';
import { putDelivered } from '../../helpers/delivered.ts';
import { tinyPng } from '../../helpers/pictures.ts';
import { scenery } from '../../helpers/scenery.ts';
import { axe } from '../../helpers/web-page.ts';

const CLIPS = 10_000;
/** A page that has more tiles than this is not windowed. */
const MOST_TILES = 200;
/** What scrolling past a clip may take of scripts; were all of them drawn it would be many times that. */
const SCRIPT_S_A_CLIP = 0.002;
const MOST_HEAP_BYTES = 150e6;
/** Elements and texts. */
const MOST_NODES = 10_000;
const WIDTHS = [360, 1280];

/** As fast as pages come, two screens at a time, until the end of all is in sight. */
const SCROLL_TO_END = `(async () => {
  let most = 0;
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const isAtEnd = () =>
    document.querySelector('[aria-posinset="${CLIPS}"]') !== null &&
    innerHeight + scrollY >= document.body.scrollHeight - 2;
  while (!isAtEnd()) {
    scrollBy(0, 2 * innerHeight);
    await frame();
    await frame();
    most = Math.max(most, document.querySelectorAll('.tile').length);
  }
  await frame();
  return most;
})()`;
const KEPT = `(async () => {
  const open = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
  const requests = (await Promise.all(open.map((cache) => cache.keys()))).flat();
  return requests.map(({ url }) => new URL(url).pathname).sort();
})()`;

/** A form with a picture, as a browser sends one for an app that shares. */
const SHARE = `({ to, bytes }) => {
  const form = Object.assign(document.createElement('form'), { action: to, method: 'POST', enctype: 'multipart/form-data' });
  const field = Object.assign(document.createElement('input'), { type: 'file', name: 'picture' });
  const files = new DataTransfer();
  files.items.add(new File([Uint8Array.from(bytes)], 'evening.jpg', { type: 'image/jpeg' }));
  field.files = files.files;
  form.append(field);
  document.body.append(form);
  form.submit();
}`;
const ELSEWHERE = 'http://elsewhere.example/';

describe.skipIf(noBrowser)('the gallery of 10,000 clips', () => {
  let dir: string;
  let bot: RunningBot;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kinora-many-'));
    let now = Date.now() - CLIPS * 1_000;
    const store = await openSqliteStore({ dir, clock: { ...systemClock, now: () => now } });
    const files = { picture: await tinyPng(), clip: Buffer.from('a clip'), size: { width: 1280, height: 720 } };
    const place = { platform: 'web', chat: 'main' };
    const first = await putDelivered(store, files, { place, requester: { id: 'web:anna', name: 'Anna' } });
    for (let n = 1; n < CLIPS; n++) {
      now += 1_000;
      const id = now.toString(16).padStart(12, '0') + n.toString(16).padStart(12, '0');
      const at = { ...first.at, received: now, delivered: now };
      const task = { ...first, id, requestKey: `test:${n}`, scene: `Clip ${n}`, at, stars: [] };
      await store.dump.put({ type: 'task', task, endedAt: now });
    }
    await store.close();
    bot = await startBot({ DATA_DIR: dir });
    browser = await connectBrowser();
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
    page = await context.newPage();
  }, 180_000);
  afterAll(async () => {
    await context?.close();
    await browser?.close();
    await bot?.stop('SIGKILL');
    await rm(dir, { recursive: true, force: true });
  });

  const tiles = (): Promise<number> => page.locator('.tile').count();
  const focused = (): Promise<string> =>
    page.evaluate("document.activeElement?.querySelector('.tile-scene')?.textContent ?? ''");

  test('scrolls to its end with few tiles on the page, and little work', async () => {
    await page.goto(`${bot.url}/clips`);
    await page.getByRole('button', { name: 'Clip 9999' }).waitFor();
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    expect(await page.evaluate<number>(SCROLL_TO_END)).toBeLessThan(MOST_TILES);
    await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const figure = (name: string) => metrics.find((each) => each.name === name)?.value ?? Number.NaN;
    // On the processor's own clock, so that what else runs here does not count.
    expect(figure('ScriptDuration') / CLIPS).toBeLessThan(SCRIPT_S_A_CLIP);
    expect(figure('JSHeapUsedSize')).toBeLessThan(MOST_HEAP_BYTES);
    expect(figure('Nodes')).toBeLessThan(MOST_NODES);
    expect(await page.locator('[aria-posinset="10000"][aria-setsize="10000"]').count()).toBe(1);
    expect(await axe(page)).toEqual([]);
  }, 240_000);

  test('is gone through by keyboard: one stop of Tab, arrows beyond what is on the page, and Escape back to the same', async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${bot.url}/clips`);
    await page.getByRole('button', { name: 'Clip 9999' }).waitFor();
    await page.getByLabel('With a star').focus();
    for (let n = 0; n < 3 && !(await focused()).startsWith('Clip'); n++) await page.keyboard.press('Tab');
    expect(await focused()).toBe('Clip 9999');
    await page.keyboard.press('ArrowRight');
    await expect.poll(focused).toBe('Clip 9998');
    await page.keyboard.press('ArrowDown');
    await expect.poll(focused).toBe('Clip 9993');
    for (let row = 1; row <= 30; row++) {
      await page.keyboard.press('ArrowDown');
      await expect.poll(focused).toBe(`Clip ${9993 - 5 * row}`);
    }
    expect(await tiles()).toBeLessThan(MOST_TILES);
    expect(await page.evaluate('document.activeElement.getBoundingClientRect().top')).toBeGreaterThan(50);
    // Scrolled away from, it stays where the keyboard goes on.
    await page.mouse.wheel(0, 20_000);
    await page.mouse.wheel(0, -90_000);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Clip 9843' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('dialog', { name: 'Clip 9842' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(focused).toBe('Clip 9842');
    await page.keyboard.press('Home');
    await expect.poll(focused).toBe('Clip 9999');
    await page.keyboard.press('Shift+Tab');
    expect(await focused()).toBe('');
  });

  test('has a way out where there is nothing of one’s own, and remembers whose clips are shown, in the chat, too', async () => {
    await page.goto(`${bot.url}/clips`);
    await page.getByRole('radio', { name: 'Mine' }).check();
    await page.getByText('Nothing of yours yet.').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.goto(bot.url);
    await page.getByText('Nothing of yours yet.').waitFor();
    expect(await page.getByRole('radio', { name: 'Mine' }).isChecked()).toBe(true);
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show everybody’s' }).click();
    await page.getByRole('article', { name: 'Clip 9999' }).waitFor();
    expect(await page.getByText(/^by .?Anna/).count()).toBeGreaterThan(0);
  });

  test('installs as an app, and where the server is away a page says so until it is back', async () => {
    await page.goto(bot.url);
    const session = await context.newCDPSession(page);
    const { errors } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // A window of its own keeps nothing, so that nothing is installed there: that is all that is in the way.
    expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
    await page.evaluate('navigator.serviceWorker.ready.then(() => {})');
    await page.reload();
    const kept = () => page.evaluate<string[]>(KEPT);
    const shell = ['/base.css', '/icon.svg', '/login.css', '/offline', '/offline.js'];
    expect(await kept()).toEqual(shell);
    await page.goto(`${bot.url}/clips`);
    await page.getByRole('button', { name: 'Clip 9999' }).waitFor();
    expect(await kept()).toEqual(shell);

    // What an app shares comes as a form; one of another site's page brings nothing.
    const bytes = [...(await scenery(640, 480))];
    const share = async (from: string) => {
      await page.goto(from);
      const arrived = page.waitForURL(`${bot.url}/`);
      await page.evaluate(`(${SHARE})(${JSON.stringify({ to: `${bot.url}/share`, bytes })})`);
      await arrived;
      await page.locator('body:not([data-view="loading"])').waitFor();
    };
    await page.route(ELSEWHERE, (route) => route.fulfill({ contentType: 'text/html', body: '<p>Elsewhere</p>' }));
    await share(ELSEWHERE);
    expect(await page.evaluate<boolean>('caches.has("kinora-shared")')).toBe(false);
    await share(`${bot.url}/offline`);
    await page.getByRole('img', { name: 'What will be animated' }).waitFor();
    await page.getByRole('button', { name: 'Remove' }).click();

    const { port } = bot;
    await bot.stop('SIGKILL');
    await page.goto(`${bot.url}/`);
    await page.getByRole('heading', { name: messagesFor('en').page.offlineHead }).waitFor();
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of WIDTHS) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 740 });
        expect(await axe(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      }
    bot = await startBot({ DATA_DIR: dir, PORT: String(port) });
    // By itself, at the address that was asked for.
    await page.getByRole('article', { name: 'Clip 9999' }).waitFor();
  });
});
