import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } as const;

export interface PageOptions {
  viewport?: { width: number; height: number };
  hasTouch?: boolean;
  isMobile?: boolean;
  colorScheme?: 'light' | 'dark';
  reducedMotion?: 'reduce' | 'no-preference';
  /** JavaScript that runs before the page's own. */
  before?: string;
}

export interface PictureFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A browser window of its own (nothing kept from another), with what a person sees and does on Kinora's page. */
export async function openWebPage(browser: Browser, url: string, { before, ...options }: PageOptions = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    // What it fetches no test can hold back or answer.
    serviceWorkers: 'block',
    ...options,
  });
  const first = await openWindow(context, url, before);
  return { ...first, context, another: () => openWindow(context, url, before), close: () => context.close() };
}

export type WebPage = Awaited<ReturnType<typeof openWindow>>;

async function openWindow(context: BrowserContext, url: string, before?: string) {
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  if (before) await page.addInitScript({ content: before });
  const problems = watch(page, url);
  await page.goto(url);
  await loaded(page);

  const cards = page.getByRole('list').getByRole('article');
  return {
    page,
    /** What no visit may cause: script errors, a breach of the content policy, a request to another host. */
    problems,
    cards,
    scene: page.getByRole('textbox', { name: 'Scene', exact: true }),
    problem: page.locator('#problem'),
    preview: page.getByRole('img', { name: 'What will be animated' }),
    connection: page.locator('#strip'),
    send: page.getByRole('form', { name: 'New clip' }).getByRole('button', { name: 'Animate' }),
    card: (scene: string) => cards.filter({ hasText: scene }),
    /** The card's clip: there once it is done. */
    clip: (card: Locator) => card.locator('video'),
    button: (card: Locator, name: string) => card.getByRole('button', { name }),
    /** The same of what stands behind **More**, which is opened. */
    async inMenu(card: Locator, name: string): Promise<Locator> {
      const more = card.getByRole('button', { name: 'More' });
      if ((await more.getAttribute('aria-expanded')) === 'false') await more.click();
      return card.locator('.menu').getByRole('button', { name });
    },
    choose: (...files: PictureFile[]) => page.locator('#file').setInputFiles(files),
    /** Opens what is seldom chosen, or closes it. */
    more: () => page.locator('#more-options').click(),
    /** The part of a picture that stays, which can be moved. */
    frame: page.getByRole('slider', { name: 'What is kept of the picture' }),
    async reload() {
      await page.reload();
      await loaded(page);
    },
    axe: () => axe(page),
    /** Pixels by which the page is wider than the window. */
    overflow: () => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth'),
  };
}

const loaded = (page: Page) => page.locator('body:not([data-view="loading"])').waitFor();

function watch(page: Page, url: string): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('console', (message) => {
    // The browser says itself where an answer was no 200; whether that is right is for the test to know.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      problems.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(blob|data):/.test(request.url()))
      problems.push(`foreign: ${request.url()}`);
  });
  return problems;
}

/** Colours are measured as they are in the end, not halfway through a fade. */
const STILL = `Promise.all(document.getAnimations()
  .filter(({ effect }) => effect.getComputedTiming().iterations !== Infinity)
  .map(({ finished }) => finished.catch(() => {})))`;

/** What axe-core finds wrong with the page as it stands: rule, and where. */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(STILL);
  await page.evaluate(await readFile(axeFile, 'utf8'));
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`),
  );
}
