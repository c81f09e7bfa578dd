import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { openSqliteStore } from '../../src/store/sqlite/open.ts';
import { systemClock } from '../../src/util/clock.ts';
import { startBot } from '../helpers/bot.ts';
import { findChromium } from '../helpers/browser-program.ts';
import { putDelivered } from '../helpers/delivered.ts';
import { clipOf, scenery } from '../helpers/scenery.ts';
import { PHONE } from '../helpers/web-page.ts';
import { atMost, type Bench, median, type Result, told } from './bench.ts';

const ROUNDS = 5;
const CLIPS = 24;
/** The processor is made so many times slower, as Lighthouse does for a telephone. */
const SLOWDOWN = 4;
/** After so long without a request nothing moves by itself any more. */
const QUIET = { waitUntil: 'networkidle' } as const;

/** Kept by the page itself, from before its first byte on: how far things jumped, and how long what a person does took. */
const WATCH = `
  window.bench = { shift: 0, slowest: 0 };
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.bench.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.bench.slowest = Math.max(window.bench.slowest, duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
`;
const FIRST_PAINT = `performance.getEntriesByName('first-contentful-paint')[0].startTime`;
/** Two frames later what was done has been drawn, and the browser has told how long it took. */
const DRAWN = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))`;

interface Visit {
  firstPaintMs: number;
  shift: number;
  slowestMs: number;
}

/** What a visitor with a slow telephone feels: until the first is seen, what jumps, how late an answer to a press is drawn. */
export const page: Bench = async () => {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('Install chromium or set CHROMIUM_PATH.');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const dirs = await Promise.all(['empty', 'full'].map((name) => mkdtemp(join(tmpdir(), `bench-page-${name}-`))));
  try {
    const [empty = '', full = ''] = dirs;
    await fill(full);
    return [
      ...(await measure(browser, empty, 'empty page', '/', useComposer)),
      ...(await measure(browser, full, `page with ${CLIPS} clips`, '/', useCards)),
      ...(await measure(browser, full, `gallery of ${CLIPS} clips`, '/clips', useGallery)),
    ];
  } finally {
    await browser.close();
    await Promise.all(dirs.map((dir) => rm(dir, { recursive: true, force: true })));
  }
};

async function measure(
  browser: Browser,
  dir: string,
  name: string,
  path: string,
  use: (page: Page) => Promise<void>,
): Promise<Result[]> {
  const bot = await startBot({ DATA_DIR: dir, LOG_LEVEL: 'error' });
  try {
    const visits: Visit[] = [];
    for (let round = 0; round < ROUNDS; round++) visits.push(await visit(browser, `${bot.url}${path}`, use));
    const slowest = visits.map(({ slowestMs }) => slowestMs);
    return [
      atMost(0.8, `${name}, first contentful paint`, median(visits.map((each) => each.firstPaintMs)) / 1000, 's'),
      atMost(100, `${name}, the slowest press, in the middle round`, median(slowest), 'ms'),
      told(`${name}, the slowest press of all rounds`, Math.max(...slowest), 'ms'),
      atMost(0, `${name}, layout shift`, Math.max(...visits.map(({ shift }) => shift)), ''),
    ];
  } finally {
    await bot.stop('SIGKILL');
  }
}

/** A window that has nothing kept from another. */
async function visit(browser: Browser, url: string, use: (page: Page) => Promise<void>): Promise<Visit> {
  const context = await browser.newContext({ ...PHONE, locale: 'en-GB' });
  try {
    const page = await context.newPage();
    await page.addInitScript({ content: WATCH });
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    await page.goto(url, QUIET);
    const firstPaintMs = await page.evaluate<number>(FIRST_PAINT);
    await use(page);
    const { shift, slowest } = await page.evaluate<{ shift: number; slowest: number }>(
      `${DRAWN}.then(() => ${DRAWN}).then(() => window.bench)`,
    );
    return { firstPaintMs, shift, slowestMs: slowest };
  } finally {
    await context.close();
  }
}

async function useComposer(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Scene', exact: true }).pressSequentially('waves roll in');
  await page.locator('#more-options').tap();
  await page.locator('#more-options').tap();
}

async function useCards(page: Page): Promise<void> {
  const card = page.getByRole('list').getByRole('article').last();
  const more = card.getByRole('button', { name: 'More' });
  await more.tap();
  await page.keyboard.press('Escape');
  await card.getByText('Details').tap();
  await page.getByRole('textbox', { name: 'Scene', exact: true }).pressSequentially('more of it');
}

async function useGallery(page: Page): Promise<void> {
  await page.getByRole('searchbox').pressSequentially('take 1');
  await page.keyboard.press('Tab');
}

async function fill(dir: string): Promise<void> {
  const picture = await scenery(640, 480);
  const clip = await clipOf(picture, { width: 320, height: 180 });
  const store = await openSqliteStore({ dir, clock: systemClock });
  const where = { place: { platform: 'web', chat: 'main' }, requester: { id: 'web:local', name: 'You' } };
  const files = { picture, clip, size: { width: 320, height: 180 } };
  for (let n = 0; n < CLIPS; n++) await putDelivered(store, files, { ...where, scene: `waves roll in, take ${n}` });
  await store.close();
}
