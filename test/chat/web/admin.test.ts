import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { messagesFor } from '../../../src/messages/messages.ts';
import { needsAdminPassword } from '../../../src/messages/operators.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { recordedTask } from '../../../src/store/task-record.ts';
import type { TaskState } from '../../../src/task/task.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { newTask } from '../../contract/store/tools.ts';
import { type RunningBot, startBot } from '../../helpers/bot.ts';
import { connectBrowser, noBrowser } from '../../helpers/browser.ts';
import { tinyPng } from '../../helpers/pictures.ts';
import { ask, errorIn, newKey } from '../../helpers/web.ts';
import { axe } from '../../helpers/web-page.ts';

const PASSWORDS = { WEB_PASSWORD: 'for all of us here', ADMIN_PASSWORD: 'for me alone here' };
const words = messagesFor('en');

let dir: string;
let bot: RunningBot | undefined;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kinora-admin-'));
});
afterEach(async () => {
  await bot?.stop('SIGKILL');
  bot = undefined;
  await rm(dir, { recursive: true, force: true });
});
async function start(env: Record<string, string> = {}): Promise<RunningBot> {
  bot = await startBot({ DATA_DIR: dir, ...env });
  return bot;
}

/** A clip of ten days ago, and of today two and one that failed; each cost two credits. */
async function seed(): Promise<void> {
  let now = Date.now();
  const clock = { ...systemClock, now: () => now };
  const store = await openSqliteStore({ dir, clock });
  const made = async (state: TaskState) => {
    const task = { ...recordedTask(newTask(clock), { rank: 0, now }), state };
    await store.dump.put({ type: 'task', task, endedAt: now });
    await store.spend.open({ attemptId: task.id, person: 'ada', provider: 'preview', cost: 2, request: task.id });
  };
  const today = now;
  now -= 10 * 24 * 3_600_000;
  await made('delivered');
  now = today;
  for (const state of ['delivered', 'delivered', 'failed'] as const) await made(state);
  await store.close();
}

/** The cookie of whoever shows this password there. */
async function logIn(url: string, path: string, password: string, cookie = ''): Promise<Response> {
  const body = new URLSearchParams({ password });
  return fetch(`${url}${path}`, { method: 'POST', body, redirect: 'manual', headers: { origin: url, cookie } });
}
const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
const order = (url: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}/api/admin`, {
    method: 'POST',
    headers: { origin: url, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ key: newKey(), ...body }),
  });
const PAUSE = { do: 'pause' };

describe('the page of those who run the bot', () => {
  test('is closed to strangers, to who has the password of the chat alone, to wrong passwords and to other sites', async () => {
    const { url } = await start(PASSWORDS);
    const chat = cookiesOf(await logIn(url, '/login', PASSWORDS.WEB_PASSWORD));
    const stolen = chat.replace(/\bkinora=/, 'kinora-admin=');
    for (const cookie of ['', chat, `${chat}; ${stolen}`, stolen]) {
      const answers = [await fetch(`${url}/api/admin`, { headers: { cookie } }), await order(url, PAUSE, { cookie })];
      expect({ cookie, status: answers.map(({ status }) => status) }).toEqual({ cookie, status: [401, 401] });
    }
    // Who has not shown the password of the chat may not even try.
    expect((await logIn(url, '/api/admin/login', PASSWORDS.ADMIN_PASSWORD)).status).toBe(401);
    for (const wrong of ['', PASSWORDS.WEB_PASSWORD, 'for me alone'])
      expect((await logIn(url, '/api/admin/login', wrong, chat)).status).toBe(401);
    const opened = await logIn(url, '/api/admin/login', PASSWORDS.ADMIN_PASSWORD, chat);
    expect(opened.status).toBe(303);
    const cookie = `${chat}; ${cookiesOf(opened)}`;
    expect((await order(url, PAUSE, { cookie, origin: 'https://evil.example' })).status).toBe(403);
    expect((await fetch(`${url}/api/admin`, { headers: { cookie, 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    const view = await fetch(`${url}/api/admin`, { headers: { cookie } });
    expect(await view.json()).toMatchObject({ isPaused: false });
    const paused = await order(url, PAUSE, { cookie });
    expect(await paused.json()).toEqual({ say: words.admin.paused.on });
  });

  test('is not there where others may come and no password of its own is set', async () => {
    const { url } = await start({ WEB_PASSWORD: PASSWORDS.WEB_PASSWORD });
    const cookie = cookiesOf(await logIn(url, '/login', PASSWORDS.WEB_PASSWORD));
    for (const refused of [
      await fetch(`${url}/api/admin`, { headers: { cookie } }),
      await order(url, PAUSE, { cookie }),
    ]) {
      expect(refused.status).toBe(403);
      expect(await errorIn(refused)).toBe(needsAdminPassword);
    }
    expect((await logIn(url, '/api/admin/login', '', cookie)).status).toBe(404);
  });

  test('guesses have an end', async () => {
    const { url } = await start(PASSWORDS);
    const cookie = cookiesOf(await logIn(url, '/login', PASSWORDS.WEB_PASSWORD));
    const tried: number[] = [];
    for (let n = 0; n < 12; n++) tried.push((await logIn(url, '/api/admin/login', `guess ${n}`, cookie)).status);
    expect(tried).toContain(429);
  });

  describe.skipIf(noBrowser)('in a browser', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await connectBrowser();
    });
    afterAll(() => browser.close());

    test.each([
      [360, 'light'],
      [360, 'dark'],
      [1280, 'light'],
      [1280, 'dark'],
    ] as const)('shows how the bot does and steers it, %i px wide, %s', async (width, colorScheme) => {
      await seed();
      const { url } = await start();
      const asked = await ask(url, await tinyPng());
      expect(asked.status).toBe(201);
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, locale: 'en-GB' });
      const page = await context.newPage();
      const problems: string[] = [];
      page.on('console', (line) => line.type() === 'error' && problems.push(line.text()));
      page.on('pageerror', (error) => problems.push(error.message));
      await page.goto(`${url}/admin`);
      await page.getByText('clips asked for').waitFor();
      expect(await page.locator('svg').count()).toBe(4);
      const table = page.locator('#month details');
      await table.locator('summary').click();
      expect(await table.getByRole('row').count()).toBe(31);
      expect(await table.getByRole('row').last().getByRole('cell').allTextContents()).toEqual(['2', '1', '6']);
      // Of two days a bar each: what was delivered, and beside the last of them what failed.
      const heights = await page
        .locator('#month svg')
        .first()
        .locator('rect')
        .evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute('height'))).filter((height) => height > 0));
      expect(heights.map(Math.round)).toEqual([33, 65, 33]);
      await page.getByLabel('Order').selectOption('pause');
      await page.getByRole('button', { name: 'Do it' }).click();
      await page.getByText(words.admin.paused.on).waitFor();
      await page.getByText(words.admin.isPaused).waitFor();
      await page.getByLabel('Order').selectOption('block');
      await page.getByRole('button', { name: 'Do it' }).click();
      await page.getByText(words.admin.noPerson).waitFor();
      if (process.env.SHOTS)
        await page.screenshot({ path: `${process.env.SHOTS}/admin-${width}-${colorScheme}.png`, fullPage: true });
      expect(await axe(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      // A refused order is a 400, which the browser tells of.
      expect(problems.filter((each) => !each.includes('400'))).toEqual([]);
      await context.close();
    });
  });
});
