import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { page as english } from '../../../src/messages/en/page.js';
import { locales, messagesFor } from '../../../src/messages/messages.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { type RunningBot, startBot } from '../../helpers/bot.ts';
import { connectBrowser, noBrowser } from '../../helpers/browser.ts';
import { putDelivered } from '../../helpers/delivered.ts';
import { clipOf, scenery } from '../../helpers/scenery.ts';
import { ask, openLive, taskIn } from '../../helpers/web.ts';
import { PHONE } from '../../helpers/web-page.ts';
import { lookAt } from '../../helpers/web-texts.ts';

/** Where pictures of the pages are put, for a person to look at; none are made without. */
const SHOTS = process.env.PAGE_SHOTS;
const PUBLIC_URL = 'http://kinora.example.org';
const PASSWORD = 'correct horse battery';
const SCENE = 'שלג יורד לאט, מצלמה מתקרבת';
/** What people wrote. */
const WRITTEN = [SCENE, 'slow zoom in'];
/** What a text may be in several languages: names, signs, numbers and words that they share. */
const SHARED =
  /^(Kinora|Clips?|Chat|portrait \(3:4\)|Options?|Seed|Link|Story|Format|Model|Details|Loop|\d+ clips?|Clips? – Kinora|[a-z]+ 0|\P{L}*|.*(GIF|WebP)|\d+ s|Seed \d+|Clip: .*)$/u;
let dir: string;
let bot: RunningBot;
let browser: Browser;
let link: string;
/** What stood out of its box or of the window, anywhere. */
const cutOff: string[] = [];

describe.skipIf(noBrowser)('the pages in each language, on a telephone', () => {
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kinora-languages-'));
    browser = await connectBrowser();
    const picture = await scenery(640, 360);
    const size = { width: 320, height: 180 };
    const files = { picture, clip: await clipOf(picture, size), size };
    const store = await openSqliteStore({ dir, clock: systemClock });
    const here = { place: { platform: 'web', chat: 'main' }, requester: { id: 'web:local', name: 'You' } };
    const task = await putDelivered(store, files, { ...here, scene: SCENE });
    await store.close();
    bot = await startBot({ DATA_DIR: dir, PUBLIC_URL, WEB_PASSWORD: PASSWORD, WEB_REQUESTS_PER_MINUTE: '1000' });
    const headers = { origin: PUBLIC_URL, cookie: await logIn() };
    const refused = await taskIn(await ask(bot.url, await scenery(640, 480), { fit: 'strict' }, headers));
    const live = await openLive(bot.url, headers);
    await live.untilState(refused.taskId, 'failed');
    live.close();
    const pressed = await fetch(`${bot.url}/api/tasks/${task.id}/link`, { method: 'POST', headers, body: '{}' });
    link = /\/c\/[\w-]+/.exec(await pressed.text())?.[0] ?? '';
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await bot?.stop();
    await rm(dir, { recursive: true, force: true });
  });

  async function logIn(): Promise<string> {
    const [body, headers] = [new URLSearchParams({ password: PASSWORD }), { origin: PUBLIC_URL }];
    const login = await fetch(`${bot.url}/login`, { method: 'POST', headers, body, redirect: 'manual' });
    const cookies = login.headers.getSetCookie().map((each) => each.split(';')[0]);
    return cookies.join('; ');
  }

  /** Goes through all that there is, in a language; what is read there, page by page. */
  async function visit(locale: string): Promise<Map<string, string[]>> {
    const words = messagesFor(locale);
    const context: BrowserContext = await browser.newContext({ ...PHONE, locale, reducedMotion: 'reduce' });
    const page: Page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const errors: string[] = [];

    page.on('pageerror', (error) => errors.push(error.message));
    const read = new Map<string, string[]>();

    async function look(name: string): Promise<void> {
      const { texts, cut } = await lookAt(page);
      if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}-${locale}.png`), fullPage: true });
      cutOff.push(...cut.map((each) => `${locale} ${name}: ${each}`));
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
      expect(await page.evaluate('document.documentElement.lang')).toBe(locale);
      const all = texts.map(({ text }) => text);
      expect(all.filter((text) => /\{\{|undefined|NaN|\$\{/.test(text))).toEqual([]);
      read.set(name, all);
    }
    /** Whether what was written from the right to the left lies so wherever it stands. */
    async function liesRight(): Promise<void> {
      const ways = await page.evaluate(
        `[...document.querySelectorAll('p, h1, h2, span, textarea')].filter((each) => each.checkVisibility() && (each.value ?? [...each.childNodes].filter((node) => node.nodeType === 3).map(({ data }) => data).join('')).includes(${JSON.stringify(SCENE)})).map((each) => getComputedStyle(each).direction)`,
      );
      expect(ways).not.toEqual([]);
      expect(new Set(ways as string[])).toEqual(new Set(['rtl']));
    }

    await page.goto(`${bot.url}/login`);
    await look('login');
    await page.locator('#password').fill('not the password');
    await page.locator('button[type=submit]').click();
    await page.locator('#problem').getByText(words.web.wrongPassword).waitFor();
    await look('login-wrong');
    await page.locator('#password').fill(PASSWORD);
    await page.locator('button[type=submit]').click();
    await page.locator('article').nth(1).waitFor();
    await page.locator('#more-options').click();
    await page.locator('#fit-hint').waitFor();
    await page.locator('#scene').fill(SCENE);
    await liesRight();
    await page.locator('#send').click();
    await page.locator('#problem').getByText(words.page.noPicture).waitFor();
    await look('chat');
    await page.locator('#more-options').click();

    const card = page.locator('article', { hasText: SCENE });
    await page.setViewportSize({ width: 320, height: 740 });
    const tops =
      "new Set([...document.querySelectorAll('[data-tone=done] .buttons > *')].map((each) => each.offsetTop)).size";
    expect(await page.evaluate(tops), 'rows of buttons at 320 pixels').toBe(1);
    await page.setViewportSize(PHONE.viewport);
    await card.locator('button.more').click();
    await look('more');
    await card.locator('.details summary').click();
    await card.locator('.told').filter({ hasText: /\d/ }).waitFor();
    await look('details');
    await card.locator('button.edit').click();
    await card.locator('.editor summary').click();
    await liesRight();
    await look('edit');
    await page.keyboard.press('Escape');

    await page.locator('#more-options').click();
    await page.locator('#settings').click();
    await page.locator('#settings-fields select').first().waitFor();
    await look('settings');

    await page.goto(`${bot.url}/clips`);
    await page.locator('.tile').waitFor();
    await liesRight();
    await look('clips');
    await page.locator('.tile').click();
    await page.locator('#large-foot button').first().waitFor();
    await liesRight();
    await look('large');
    await page.locator('#close').click();
    await page.locator('#words').fill('nothing has this');
    await page.locator('#none').getByText(words.page.noSuchClips).waitFor();
    await look('none');

    await page.goto(`${bot.url}${link}`);
    await liesRight();
    await look('link');
    await page.goto(`${bot.url}/c/0123456789abcdef01234567`);
    await look('gone');
    expect(errors).toEqual([]);
    await context.close();
    return read;
  }

  test('say nothing in English to who reads another, and cut nothing off', { timeout: 600_000 }, async () => {
    const inEnglish = await visit('en');
    expect(inEnglish.get('chat')).toContain(english.animate);
    const left: { locale: string; name: string; text: string }[] = [];
    for (const locale of locales.filter((each) => each !== 'en'))
      for (const [name, texts] of await visit(locale)) {
        const known = new Set(inEnglish.get(name));
        for (const text of texts)
          if (known.has(text) && !SHARED.test(text) && !WRITTEN.some((words) => text.includes(words)))
            left.push({ locale, name, text });
      }
    expect({ left, cutOff }).toEqual({ left: [], cutOff: [] });
  });
});
